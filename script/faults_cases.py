"""The commands of script/faults, what they find, and the errors that each system call can have."""

import random

WRITES = "ENOSPC EIO EDQUOT EINTR short"
NAMES = "ENOSPC EIO EROFS EDQUOT"
FAULTS = {
    "openat": "EIO EMFILE EACCES EINTR",
    "openat-write": "ENOSPC EDQUOT EROFS EMFILE EIO EINTR",
    **dict.fromkeys("read pread64 readv".split(), "EIO EINTR short"),
    **dict.fromkeys("write pwrite64 writev pwritev copy_file_range sendfile".split(), WRITES),
    **dict.fromkeys("fsync fdatasync ftruncate fallocate close".split(), "EIO ENOSPC EINTR"),
    **dict.fromkeys("rename renameat renameat2 link linkat symlink mkdir mkdirat".split(), NAMES),
    **dict.fromkeys("unlink unlinkat rmdir".split(), "EIO EROFS EPERM"),
    **dict.fromkeys("chmod fchmod fchmodat utimensat".split(), "EPERM EIO"),
    **dict.fromkeys("stat lstat newfstatat statx access faccessat2 readlink getdents64".split(), "EIO EACCES"),
    **dict.fromkeys("fstat statfs fstatfs".split(), "EIO"),
    **dict.fromkeys(("fcntl-lock", "flock"), "ENOLCK EINTR EIO"),
    "mmap": "ENOMEM ENODEV",
    **dict.fromkeys("clone clone3 fork vfork".split(), "EAGAIN ENOMEM"),
    **dict.fromkeys("pipe pipe2 socketpair".split(), "EMFILE ENFILE"),
    "any": "before after",
}

SMALL = """distribution: {kind: laplace}
network: {hidden: [4]}
probe: {points: 64, levels: 2}
training_set: {count: 50}
optimizer: {batch: 8}
"""
SWEEP = """sweep: NAME
train: {steps: 3}
configuration: {distribution: {kind: laplace}, network: {hidden: [4]}, probe: {points: 64, levels: 2},
  optimizer: {batch: 8}}
vary: {training_set.count: [50, 60]}
seeds: 1
"""
TRAIN = "train small.yaml --steps 3 --every 3 --threads 1"
SAMPLE = "sample --weights w.safetensors --set sampler.steps=5 --threads 1"
CLAIM = "experiment outlier_score --set repeats=100 --set samples=10 --threads 1 --output"
SYNTH = "synth table.csv --steps 5 --rows 20 --threads 1 --set network.hidden=[4]"
# What every case finds: two runs, one of them resumed, with old outputs in the way of the new.
PREPARATION = [
    f"{TRAIN} --save-weights w.safetensors",
    "runs rename laplace-1 one",
    "resume one --steps 3 --threads 1",
    f"{TRAIN} --seed 8",
    "runs rename laplace-2 two",
    "runs export one one.run.safetensors",
    f"{SAMPLE} --count 20 --seed 3 --output old.csv",
    f"{SAMPLE} --count 20 --seed 3 --output old.npy",
    "sweep plan fresh.yaml --shard 1 --no-pilot",
    *(f"sweep {word}" for word in ("plan ready.yaml --shard 1 --no-pilot", "work ready.sweep 0", "work ready.sweep 1")),
    *(f"sweep {word}" for word in ("plan done.yaml --shard 1 --no-pilot", "run done.sweep --jobs 1")),
    f"{CLAIM} claim --units 1-6",
]


class Case:
    """A command; `told` where a result may be missing if a line says so (docs/runs.md), `more` where the command
    given again adds another result, `gone` where it may find nothing to do, `grows` where files are written as it
    goes on (docs/sharing.md)."""

    def __init__(self, command, *words):
        self.command = command
        self.told, self.more, self.gone, self.grows = (word in words for word in ("told", "more", "gone", "grows"))


CASES = {
    "train": Case(TRAIN, "told", "more"),
    "new-store": Case(f"{TRAIN} --store new", "told", "more"),
    "resume": Case("resume one --steps 2 --threads 1", "told", "more"),
    "series": Case(f"{TRAIN} --no-store --series a.csv --series a.jsonl --series a.tfevents", "grows"),
    "weights": Case(f"{TRAIN} --no-store --export a.npz --save-weights w.safetensors"),
    "list": Case("runs list --json"),
    "rename": Case("runs rename one uno", "gone"),
    "tag": Case("runs tag one good"),
    "delete": Case("runs delete one --yes", "gone"),
    "run-export": Case("runs export two one.run.safetensors"),
    "import": Case("runs import one.run.safetensors --store new", "more"),
    "clean": Case("runs clean"),
    "budget": Case("runs clean --budget 0"),
    "python": Case("export one --python py"),
    "csv": Case(f"{SAMPLE} --count 30 --output old.csv"),
    "npy": Case(f"{SAMPLE} --count 30 --output old.npy"),
    "output": Case(f"{SAMPLE} --count 30"),
    "plan": Case("sweep plan tiny.yaml --shard 1 --no-pilot"),
    "work": Case("sweep work fresh.sweep 0"),
    "run": Case("sweep run fresh.sweep --jobs 1"),
    "merge": Case("sweep merge ready.sweep"),
    "status": Case("sweep status done.sweep"),
    "table": Case("sweep export done.sweep old.csv"),
    "report": Case("sweep export done.sweep report"),
    "units": Case(f"{CLAIM} fresh --units 1"),
    "collect": Case(f"{CLAIM} claim --collect"),
    "schema": Case("synth table.csv --save-schema old.yaml"),
    "synth": Case(f"{SYNTH} --output old.csv"),
    "migrate": Case("migrate former.yaml"),
}


def texts():
    """The files that are there before the first command."""
    chance = random.Random(1)
    rows = ((chance.gauss(0, 1), chance.gauss(0, 1), chance.choice("uv")) for _ in range(60))
    return {
        "small.yaml": SMALL,
        "old.yaml": "old\n",
        "former.yaml": "objective: {clip: 0.5}\n",
        "table.csv": "a,b,kind\n" + "".join(f"{a:.2f},{a + b:.2f},{c}\n" for a, b, c in rows),
        **{f"{name}.yaml": SWEEP.replace("NAME", name) for name in ("tiny", "fresh", "ready", "done")},
    }
