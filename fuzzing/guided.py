"""A target under atheris, in a process of its own: `python -m fuzzing.guided parse 600 1 .fuzz`."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

import atheris  # type: ignore[import-not-found, unused-ignore]

with atheris.instrument_imports(include=["crawler"], enable_loader_override=False):
    from fuzzing.findings import Findings
    from fuzzing.mutation import MOST, mutated
    from fuzzing.targets import TARGETS
    from fuzzing.trying import tried


def main(name: str, seconds: str, seed: str, folder: str) -> None:
    """Never returns: libFuzzer ends the process when the time is up."""
    target, findings = TARGETS[name], Findings(Path(folder, "findings"))
    corpus = Path(folder, "corpus", name)
    corpus.mkdir(parents=True, exist_ok=True)
    seeds = list(target.seeds())
    for number, data in enumerate(seeds):
        (corpus / f"seed{number:03}").write_bytes(data[:MOST])

    def one(data: bytes) -> None:
        finding = tried(target, data)
        if finding and findings.add(target, finding):
            print(f"{name}: {finding.key}", flush=True)

    def change(data: bytes, most: int, number: int) -> bytes:
        draw = Random(number)
        if draw.random() < 0.3:
            return bytes(atheris.Mutate(data, most))
        return mutated([data, draw.choice(seeds)], target.words, draw)[:most]

    flags = [f"-max_total_time={seconds}", f"-seed={seed}", f"-max_len={MOST}", "-timeout=300", "-rss_limit_mb=6000"]
    atheris.Setup(
        [sys.argv[0], *flags, "-print_final_stats=1", "-verbosity=0", f"-artifact_prefix={folder}/", str(corpus)],
        one,
        custom_mutator=change,
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
