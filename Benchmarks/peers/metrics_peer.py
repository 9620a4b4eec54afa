"""The sample metrics of `Benchmarks/metrics` in POT, scikit-learn, scipy, numpy and PyTorch.

Each function takes one value of a statistic as a user of those libraries would write it, at the sizes that
`scorefield measure` uses: 4,000 points for sums over pairs, 256 for an assignment.
"""

import statistics
import time

import numpy as np
import ot
from scipy.spatial.distance import cdist
from sklearn.linear_model import LogisticRegression
from sklearn.metrics.pairwise import rbf_kernel
from sklearn.model_selection import cross_val_score
from sklearn.neighbors import KernelDensity, NearestNeighbors
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PolynomialFeatures, StandardScaler

PAIRS, ASSIGNED = 4000, 256


def sliced(order):
    def value(x, y):
        return ot.sliced_wasserstein_distance(x, y, n_projections=64, p=order, seed=0)
    return value


def assignment(x, y):
    return ot.emd2([], [], ot.dist(x[:ASSIGNED], y[:ASSIGNED])) ** 0.5


def mmd(x, y):
    # The sum within the reference is the same for all draws.
    gamma, x, y = 0.5 / 1.61 ** 2, x[:PAIRS], y[:PAIRS]
    return rbf_kernel(x, x, gamma).mean() - 2 * rbf_kernel(x, y, gamma).mean()


def energy(x, y):
    x, y = x[:PAIRS], y[:PAIRS]
    return 2 * cdist(x, y).mean() - cdist(x, x).mean()


def kl_neighbors(x, y):
    own = NearestNeighbors(n_neighbors=6).fit(x).kneighbors(x)[0][:, 5]
    other = NearestNeighbors(n_neighbors=5).fit(y[:len(x)]).kneighbors(x)[0][:, 4]
    return x.shape[1] * np.mean(np.log(other / own))


def kl_kernel(x, y):
    return -KernelDensity(bandwidth=0.054).fit(x).score_samples(y[:1000]).mean()


def pooled(x, y):
    return np.vstack([x, y[:len(x)]]), np.repeat([1, 0], len(x))


def c2st_neighbors(x, y):
    points, side = pooled(x, y)
    near = NearestNeighbors(n_neighbors=12).fit(points).kneighbors(points)[1][:, 1:]
    return np.mean((side[near].mean(axis=1) > 0.5) == side)


def c2st_quadratic(x, y):
    points, side = pooled(x, y)
    model = make_pipeline(PolynomialFeatures(2), StandardScaler(), LogisticRegression())
    return cross_val_score(model, points, side, cv=5).mean()


def c2st_network(x, y):
    """Trains once: the null permutes votes, which takes no time."""
    import torch
    points, side = (torch.tensor(a, dtype=torch.float32) for a in pooled(x, y))
    half = torch.randperm(len(points)) < len(points) // 2
    train_x, train_y = points[half], side[half]
    net = torch.nn.Sequential(torch.nn.Linear(2, 64), torch.nn.ReLU(), torch.nn.Linear(64, 1))
    adam = torch.optim.Adam(net.parameters(), lr=0.03)
    loss = torch.nn.BCEWithLogitsLoss()
    for _ in range(1000):
        rows = torch.randint(len(train_x), (256,))
        adam.zero_grad()
        loss(net(train_x[rows])[:, 0], train_y[rows]).backward()
        adam.step()
    with torch.no_grad():
        return ((net(points[~half])[:, 0] > 0) == side[~half].bool()).float().mean().item()


def measure(folder):
    """Seconds of one value for each metric."""
    x, y = (np.loadtxt(folder / f"{n}.csv", delimiter=",", skiprows=1) for n in ("sample", "reference"))
    works = {
        "sliced_wasserstein1": sliced(1), "sliced_wasserstein2": sliced(2),
        "assignment_wasserstein2": assignment, "mmd": mmd, "energy": energy,
        "kl_neighbors": kl_neighbors, "kl_kernel": kl_kernel, "c2st_neighbors": c2st_neighbors,
        "c2st_quadratic": c2st_quadratic, "c2st_network": c2st_network,
    }
    seconds = {}
    for name, work in works.items():
        times = []
        for _ in range(3):
            start = time.perf_counter()
            work(x, y)
            times.append(time.perf_counter() - start)
        seconds[name] = statistics.median(times)
    return seconds
