from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import REGISTRY

Samples = dict[tuple[str, ...], float]


@contextmanager
def growth(name: str) -> Iterator[Samples]:
    """By how much each sample of a metric grows within the block, by its labels. Omits the others."""
    before, grown = samples(name), Samples()
    yield grown
    differences = {labels: value - before.get(labels, 0) for labels, value in samples(name).items()}
    grown.update({labels: difference for labels, difference in differences.items() if difference})


def samples(name: str) -> Samples:
    """The current samples of a metric in this process, by their labels."""
    everything = (sample for metric in REGISTRY.collect() for sample in metric.samples)
    return {tuple(each.labels.values()): each.value for each in everything if each.name == name}
