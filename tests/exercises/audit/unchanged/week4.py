"""Mutants of week 4 that change nothing: exercise, name, reason."""

FILLED = "every place is written, so it does not matter what stood there before"
WIDER = "a wider float holds the same numbers"
A_FORM = "a list, an array or a tensor: each of them is accepted"
AN_INT = "a whole number either way"
ONE_AXIS = "the same axis, counted from the other end"

UNCHANGED = {
    "4.1": {
        "also right 1: kernel.shape[-1] → kernel.shape[1]": ONE_AXIS,
        "also right 2: …ls, kernel.shape[1]), kernel.dtype) → …ls, kernel.shape[1]))": WIDER,
        "also right 2: np.zeros((height, width, channels, kernel.shape[1]), kernel… → np.ones((height, width, channels, kernel.shape[1]), kernel.…": FILLED,
        "also right 3: np.zeros((height, width, channels, units)) → np.ones((height, width, channels, units))": FILLED,
        "also right 4: np.stack(channels, axis=2).tolist() → np.stack(channels, axis=2)": A_FORM,
        "also right 4: np.stack(channels, axis=2).tolist() → np.stack(channels, axis=-2).tolist()": ONE_AXIS,
    },
    "4.2": {
        "also right 2: np.floor((size + 2 * padding - kernel + stride) / stride) → (size + 2 * padding - kernel + stride) / stride": "rounding down at the end gives the same as after every layer",
        "also right 2: (size + 2 * padding - kernel + stride) / stride → (size + 2 * padding - kernel + stride) // stride": "rounded down right after it anyway",
        "also right 2: int(size) → round(size)": "a float without a fraction",
        "also right 3: (size - kernel + 2 * padding) / stride → (size - kernel + 2 * padding) // stride": "rounding down after every layer gives the same as at the end",
    },
    "4.3": {
        "also right 2: np.array([kernel for kernel, _ in layers]) → np.array([kernel for kernel, _ in layers]).astype('uint8')": "kernels are small, and the product below is of a wider kind",
        "also right 2: np.array([1] + [stride for _, stride in layers[:-1]]) → [1] + [stride for _, stride in layers[:-1]]": "`np.cumprod` takes a list as well",
        "also right 2: …ide in layers[:-1]]) → …ide in layers[:-1]]).astype('uint8')": "`np.cumprod` of a narrow kind gives a wide one",
        "also right 2: int(1 + np.sum((kernels - 1) * np.cumprod(strides))) → round(1 + np.sum((kernels - 1) * np.cumprod(strides)))": AN_INT,
        "also right 2: int(1 + np.sum((kernels - 1) * np.cumprod(strides))) → 1 + np.sum((kernels - 1) * np.cumprod(strides))": AN_INT,
    },
    "4.4": {
        "also right 1: keras.layers.Add()([coarse, crop(skip)]) → keras.layers.Add()([crop(skip), coarse])": "a sum in the other order",
        "also right 3: np.zeros(coarse.shape) → np.ones(coarse.shape)": FILLED,
    },
    "4.5": {
        "reference: shifts.transpose(2, 0, 3, 1) → shifts.transpose(-2, 0, 3, 1)": ONE_AXIS,
        "also right 1: np.zeros((height * stride, width * stride), outputs.dtype) → np.zeros((height * stride, width * stride))": WIDER,
        "also right 1: np.zeros((height * stride, width * stride), outputs.dtype) → np.ones((height * stride, width * stride), outputs.dtype)": FILLED,
        "also right 3: np.zeros((height * stride, width * stride)) → np.ones((height * stride, width * stride))": FILLED,
        "also right 4: … * stride], axis=-1).reshape(outputs.shape[1], -1) → … * stride], axis=-1)": "the reshape of the last line makes up for it",
        "also right 4: …ape[1] * stride, -1).tolist() → …ape[1] * stride, -1)": A_FORM,
        "also right 4: np.stack(columns, axis=1).reshape → np.concatenate(columns, axis=1).reshape": "the reshape behind it gives the same rows",
    },
    "4.6": {
        "reference: labels != 255 → labels < 255": "no class has a number above 255",
        "reference: scores.max(axis=-1, keepdims=True) → scores.max(axis=1, keepdims=True)": ONE_AXIS,
        "reference: np.log(np.exp(scores).sum(axis=-1)) → np.log(np.exp(scores).sum(axis=1))": ONE_AXIS,
        "reference: scores[np.arange(len(classes)), classes] → scores[np.arange(len(scores)), classes]": "one row of scores for each label",
        "reference: float(losses.mean()) → losses.mean()": "a float of NumPy is a float",
        "also right 1: range(labels.shape[0]) → list(range(labels.shape[0]))[::-1]": "a sum in the other order",
        "also right 1: range(labels.shape[0]) → range(logits.shape[0])": "both have the same height",
        "also right 1: range(labels.shape[1]) → list(range(labels.shape[1]))[::-1]": "a sum in the other order",
        "also right 1: range(labels.shape[1]) → range(logits.shape[1])": "both have the same width",
        "also right 1: labels[y, x] != 255 → labels[y, x] < 255": "no class has a number above 255",
        "also right 2: labels != 255 → labels < 255": "no class has a number above 255",
        "also right 3: float(loss(labels, logits)) → loss(labels, logits)": A_FORM,
        "also right 4: labels != 255 → labels < 255": "no class has a number above 255",
        "also right 4: …abels, 0)[..., None], axis=-1) → …abels, 0)[..., None])": "-1 is the default of this axis",
        "also right 4: np.where(kept, labels, 0)[..., None] → np.where(kept, labels, 1)[..., None]": "what stands in for void weighs nothing",
        "also right 4: np.where(kept, labels, 0)[..., None] → np.where(kept, labels, -1)[..., None]": "what stands in for void weighs nothing",
        "also right 4: (log_sums - chosen)[..., 0] → (log_sums - chosen)[..., -1]": ONE_AXIS,
    },
    "4.7": {
        "also right 1: local_rate * local_decay * weight → rate * local_decay * weight": "where the two rates differ the decay is 0",
    },
    "4.8": {
        "also right 1: len(scores) == 1 → len(scores) <= 1": "there is always one map at least",
        "also right 1: enlarge(scores[0], stride) → enlarge(scores[-1], stride)": "of one map the first is the last",
        "also right 2: [enlarge(total, 2), scores[i]] → [scores[i], enlarge(total, 2)]": "a sum in the other order",
        "also right 3: exchanged: `height = scores[0].shape[1] * stride` and the next line": "the second line does not change what the first one reads",
    },
}
