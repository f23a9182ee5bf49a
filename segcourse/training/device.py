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
        why: the reason for both choices, in words.

    Example:

    >>> print(Device("gpu", "NVIDIA T4", 15 * 2**30, (7, 5), "mixed_float16", True, "as a T4 has"))
    GPU NVIDIA T4, 15 GiB: mixed_float16, XLA on (as a T4 has)
    """

    kind: str
    name: str
    memory: int | None
    compute_capability: tuple[int, int] | None
    precision: str
    xla: bool
    why: str

    def __str__(self):
        memory = f", {self.memory / 2**30:.0f} GiB" if self.memory else ""
        xla = "XLA on" if self.xla else "XLA off"
        return f"{self.kind.upper()} {self.name}{memory}: {self.precision}, {xla} ({self.why})"


def device():
    """Look at the device Keras will train on, and choose precision and compiler for it.

    Only what is in this machine is asked, so nothing here waits for an answer.

    Example:

    >>> device().kind in ("cpu", "gpu", "tpu")
    True

    Returns:
        a `Device`; printed, it is one readable line.
    """
    kind, name, memory, capability = _FINDERS.get(keras.config.backend(), _find_cpu)()
    precision, xla, why = _choose(kind, capability, keras.config.backend())
    return Device(kind, name, memory, capability, precision, xla, why)


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
    return "cpu", f"{_cpu_name()} ({_cpu_cores()} cores)", _cpu_memory(), None


def _find_tensorflow():
    import tensorflow as tf

    gpus = tf.config.list_physical_devices("GPU")
    if not gpus:
        return _find_cpu()
    details = tf.config.experimental.get_device_details(gpus[0])
    capability = details.get("compute_capability")
    capability = tuple(capability) if capability else None
    return "gpu", details.get("device_name", gpus[0].name), _gpu_memory(), capability


def _find_jax():
    import jax

    first = jax.local_devices()[0]
    if first.platform == "cpu":
        return _find_cpu()
    kind = "tpu" if first.platform == "tpu" else "gpu"
    capability = getattr(first, "compute_capability", None)
    capability = tuple(int(part) for part in str(capability).split(".")) if capability else None
    memory = (first.memory_stats() or {}).get("bytes_limit")
    return kind, first.device_kind, memory, capability


_FINDERS = {"tensorflow": _find_tensorflow, "jax": _find_jax}


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
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=5, check=True)
        return int(answer.stdout.split()[0]) * 2**20
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        return None
