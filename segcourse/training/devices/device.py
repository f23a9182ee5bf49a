"""What the training runs on, and what that decides."""

import os
import platform
import subprocess
from dataclasses import dataclass

import keras


@dataclass(frozen=True)
class Device:
    """The device training runs on, and the choices that follow from it.

    Attributes:
        kind: `"cpu"`, `"gpu"` or `"tpu"`.
        name: the maker's name of it.
        memory: bytes of memory it has, None where that cannot be asked.
        compute_capability: of an NVIDIA GPU, such as `(9, 0)`; None for others.
        precision: the Keras precision policy chosen for it.
        xla: whether the training step is compiled with XLA.
        why: the reasons for the choices, in words.
        memory_growth: whether a GPU's memory is taken as it is needed; False where all of it is
            taken at once, None where there is nothing to choose.
        count: how many such devices there are.

    Example:

    >>> print(Device("gpu", "NVIDIA T4", 15 * 2**30, (7, 5), "mixed_float16", True, "as a T4 has"))
    GPU NVIDIA T4, 15 GiB, compute capability 7.5: mixed_float16, XLA on (as a T4 has)
    """

    kind: str
    name: str
    memory: int | None
    compute_capability: tuple[int, int] | None
    precision: str
    xla: bool
    why: str
    memory_growth: bool | None = None
    count: int = 1

    def __str__(self):
        there = f"{self.kind.upper()} {self.name}"
        if self.count > 1:
            there = f"{self.count} × {there}"
        if self.memory:
            there += f", {self.memory / 2**30:.0f} GiB"
        if self.compute_capability:
            there += ", compute capability {}.{}".format(*self.compute_capability)
        chosen = f"{self.precision}, {'XLA on' if self.xla else 'XLA off'}"
        if self.memory_growth is not None:
            chosen += ", memory as needed" if self.memory_growth else ", all memory at once"
        return f"{there}: {chosen} ({self.why})"


def device():
    """Look at the device Keras will train on, and choose precision and compiler for it.

    Only what is in this machine is asked, so nothing here waits for an answer; a driver that does
    not answer is left after five seconds. Called before anything else has touched a GPU, it also
    arranges that memory is taken as it is needed, and not all of it at once.

    Example:

    >>> device().kind in ("cpu", "gpu", "tpu")
    True

    Returns:
        a `Device`; printed, it is one readable line.
    """
    found = _FINDERS.get(keras.config.backend(), _find_cpu)()
    precision, xla, why = _choose(found.kind, found.compute_capability, keras.config.backend())
    if found.memory_growth is not None:
        why += "; " + _WHY_MEMORY[found.memory_growth]
    return Device(**vars(found), precision=precision, xla=xla, why=why)


_WHY_MEMORY = {
    True: "other notebooks can use the memory left over",
    False: "the GPU was in use before it could be set otherwise",
}


@dataclass(frozen=True)
class _Found:
    """What was found, before anything is chosen."""

    kind: str
    name: str
    memory: int | None
    compute_capability: tuple[int, int] | None = None
    memory_growth: bool | None = None
    count: int = 1


def _choose(kind, capability, backend):
    """Precision policy, XLA, and why."""
    if kind == "cpu":
        if backend == "jax":
            return "float32", True, "a CPU is quickest in float32, and JAX always compiles"
        return "float32", False, "a CPU is quickest in float32 and without XLA"
    if kind == "tpu":
        return "mixed_bfloat16", True, "a TPU multiplies in bfloat16"
    if capability is None:
        return "float32", True, "compute capability unknown"
    version = f"compute capability {capability[0]}.{capability[1]}"
    if capability >= (8, 0):
        return "mixed_bfloat16", True, f"{version} has bfloat16"
    if capability >= (7, 0):
        return "mixed_float16", True, f"{version} has float16 but no bfloat16"
    return "float32", True, f"{version} has no fast half precision"


def _find_cpu():
    return _Found("cpu", f"{_cpu_name()} ({_cpu_cores()} cores)", _cpu_memory())


def _find_tensorflow():
    import tensorflow as tf

    gpus = tf.config.list_physical_devices("GPU")
    if not gpus:
        return _find_cpu()
    growth = _grow_tensorflow(tf, gpus)
    details = tf.config.experimental.get_device_details(gpus[0])
    capability = details.get("compute_capability")
    return _Found(
        "gpu",
        details.get("device_name", gpus[0].name),
        _gpu_memory(),
        tuple(capability) if capability else None,
        growth,
        len(gpus),
    )


def _grow_tensorflow(tf, gpus):
    """Have TensorFlow take memory as needed, if it is not too late; say what now holds."""
    try:
        for gpu in gpus:
            tf.config.experimental.set_memory_growth(gpu, True)
        return True
    except (RuntimeError, ValueError):  # the GPU is in use already
        return bool(tf.config.experimental.get_memory_growth(gpus[0]))


def _find_jax():
    # Read when JAX first looks for devices, which is here or was before.
    os.environ.setdefault("XLA_PYTHON_CLIENT_PREALLOCATE", "false")
    import jax

    devices = jax.local_devices()
    first = devices[0]
    if first.platform == "cpu":
        return _find_cpu()
    stats = first.memory_stats() or {}
    if first.platform == "tpu":
        limit = stats.get("bytes_limit")
        return _Found("tpu", first.device_kind, limit, None, None, len(devices))
    capability = getattr(first, "compute_capability", None)
    return _Found(
        "gpu",
        first.device_kind,
        _gpu_memory() or stats.get("bytes_limit"),
        tuple(int(part) for part in str(capability).split(".")) if capability else None,
        _grows_jax(stats),
        len(devices),
    )


def _grows_jax(stats):
    """Whether JAX's pool of memory is smaller than what it may become; None if not told."""
    pool, limit = stats.get("pool_bytes"), stats.get("bytes_limit")
    return None if pool is None or limit is None else pool < limit


_FINDERS = {"tensorflow": _find_tensorflow, "jax": _find_jax}


def gpu_memory_peak():
    """Bytes the backend has held on the first GPU at most; None where there is no GPU.

    On JAX since the process began, on TensorFlow since `reset_gpu_memory_peak`.
    """
    if keras.config.backend() == "jax":
        import jax

        first = jax.local_devices()[0]
        stats = (first.memory_stats() or {}) if first.platform != "cpu" else {}
        return stats.get("peak_bytes_in_use")
    if not _tensorflow_gpus():
        return None
    import tensorflow as tf

    return int(tf.config.experimental.get_memory_info("GPU:0")["peak"])


def reset_gpu_memory_peak():
    """Forget the peak, where the backend can."""
    if _tensorflow_gpus():
        import tensorflow as tf

        tf.config.experimental.reset_memory_stats("GPU:0")


def _tensorflow_gpus():
    if keras.config.backend() != "tensorflow":
        return []
    import tensorflow as tf

    return tf.config.list_physical_devices("GPU")


def _cpu_cores():
    # What this process may use, which in a container is less than the machine has.
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def _cpu_name():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("model name"):
                    return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def _cpu_memory():
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return None


def _gpu_memory():
    """Memory of the first GPU in bytes; the driver's tool is given five seconds to answer."""
    command = ["nvidia-smi", "--query-gpu=memory.total", "--format=csv,noheader,nounits"]
    first = os.environ.get("CUDA_VISIBLE_DEVICES", "").split(",")[0].strip()
    if first:
        command.append(f"--id={first}")  # the first that this process sees
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=5, check=True)
        return int(answer.stdout.split()[0]) * 2**20
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        return None
