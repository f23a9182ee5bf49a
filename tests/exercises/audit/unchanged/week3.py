"""Mutants of week 3 that change nothing: exercise, name, reason."""

UNCHANGED = {
    "3.1": {},
    "3.2": {},
    "3.3": {
        "also right 1: range(size) → list(range(size))[::-1]": "the largest end is looked for",
        "also right 2: np.int64(stretched + 2 * border + output_padding - kernel +… → stretched + 2 * border + output_padding - kernel + 1": "any int will do",
    },
    "3.4": {},
    "3.5": {},
    "3.6": {
        "also right 1: np.zeros((size - 1) * stride + 1, dtype=int) → np.zeros((size - 1) * stride + 1, dtype=int).astype('uint8')": "0 and 1 only, and the kernel's ints decide the dtype of the sum",
        "also right 1: dtype=int → dtype='uint8'": "0 and 1 only, and the kernel's ints decide the dtype of the sum",
        "also right 1: dtype=int → dtype='bool'": "0 and 1 only, and the kernel's ints decide the dtype of the sum",
        "also right 1: np.convolve(starts, np.ones(kernel, dtype=int)) → np.convolve(np.ones(kernel, dtype=int), starts)": "a convolution is the same with its two inputs exchanged",
        "also right 1: np.ones(kernel, dtype=int) → np.ones(kernel, dtype=int).astype('uint8')": "ones only, and the ints of the starts decide the dtype of the sum",
        "also right 1: np.ones(kernel, dtype=int) → np.ones(kernel, dtype='uint8')": "ones only, and the ints of the starts decide the dtype of the sum",
        "also right 1: np.ones(kernel, dtype=int) → np.ones(kernel, dtype='bool')": "ones only, and the ints of the starts decide the dtype of the sum",
        "also right 2: starts → list(starts)[::-1]": "the kernels are counted, in any order",
        "also right 2: range(length) → list(range(length))[::-1]": "the counts read the same backwards",
        "also right 3: np.minimum(places // stride + 1, size) → np.minimum(places / stride + 1, size)": "the fraction is cut off in the end",
        "also right 3: (begun - ended).astype('int32') → begun - ended": "any width of ints will do",
        "also right 3: (begun - ended).astype('int32') → (begun - ended).astype('int64')": "any width of ints will do",
    },
}
