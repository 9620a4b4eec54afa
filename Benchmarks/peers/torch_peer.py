"""The work of `work.py` in PyTorch: eager with fused Adam, or with the loss compiled.

    python torch_peer.py [--compile] [TASK WIDTH DEPTH BATCH]
"""

import os
import sys

import torch
from torch import nn

import work

COMPILES = "--compile" in sys.argv
STEPS = 100


class Network(nn.Module):
    def __init__(self, width, depth):
        super().__init__()
        layers = []
        for weights, bias in work.initial_parameters(width, depth):
            layer = nn.Linear(*weights.shape)
            layer.weight.data = torch.from_numpy(weights.T.copy())
            layer.bias.data = torch.from_numpy(bias)
            layers += [layer, nn.SiLU()]
        self.first, self.rest = layers[0], nn.Sequential(*layers[1:-1])
        self.register_buffer("frequencies", torch.from_numpy(work.FREQUENCIES))

    def features(self, log_snr):
        """Sines and cosines of log ratios [n], as [n, 32]."""
        angles = log_snr[:, None] * self.frequencies
        return torch.cat([torch.sin(angles), torch.cos(angles)], 1)

    def forward(self, x, log_snr):
        return self.rest(self.first(torch.cat([x, self.features(log_snr)], 1)))

    def at_one_level(self, x, log_snr):
        """The same where all points share a level: the features are one vector next to the bias."""
        weights = self.first.weight
        shared = self.features(log_snr) @ weights[:, 2:].T + self.first.bias
        return self.rest(torch.addmm(shared, x, weights[:, :2].T))


def level(t):
    """The signal and noise scales of the Ornstein-Uhlenbeck process and their log ratio."""
    variance = -torch.expm1(-2 * t)
    return torch.exp(-t), torch.sqrt(variance), -2 * t - torch.log(variance)


class Training:
    """A network with everything that trains it."""

    def __init__(self, width, depth, batch):
        self.network = Network(width, depth)
        self.batch = batch
        self.data = torch.from_numpy(work.two_moons())
        self.parameters = list(self.network.parameters())
        self.average = [p.detach().clone() for p in self.parameters]
        self.optimizer = torch.optim.Adam(
            self.parameters, lr=work.RATE, betas=(work.BETA1, work.BETA2), eps=work.EPSILON,
            fused=True)
        self.loss = torch.compile(self.eager_loss) if COMPILES else self.eager_loss

    def eager_loss(self, clean, t, noise):
        alpha, sigma, log_snr = level(t)
        noisy = alpha[:, None] * clean + sigma[:, None] * noise
        return (self.network(noisy, log_snr) - noise).square().sum(1).mean()

    def step(self):
        clean = self.data[torch.randint(len(self.data), (self.batch,))]
        t = torch.empty(self.batch).uniform_(work.STOP, work.HORIZON)
        loss = self.loss(clean, t, torch.randn_like(clean))
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self.optimizer.step()
        with torch.no_grad():
            torch._foreach_lerp_(self.average, self.parameters, 1 - work.AVERAGE)
        return loss

    def run(self):
        for _ in range(STEPS):
            loss = self.step()
        assert torch.isfinite(loss)


def step_task(width, depth, batch):
    return Training(width, depth, batch).run, STEPS


def sampling_task(width, depth, count, folds):
    training = Training(width, depth, 256)
    training.run()
    network = training.network
    for parameter, average in zip(network.parameters(), training.average):
        parameter.data = average
    times = torch.from_numpy(work.sampling_times())

    @torch.inference_mode()
    def run():
        x = torch.randn(count, 2)
        for t, h in zip(times[:-1], times[:-1] - times[1:]):
            _, sigma, log_snr = level(t)
            if folds:
                noise = network.at_one_level(x, log_snr[None])
            else:
                noise = network(x, log_snr.expand(count))
            score = -noise / sigma
            x = x + h * (x + 2 * score) + torch.sqrt(2 * h) * torch.randn_like(x)
        assert torch.isfinite(x).all()

    return run, work.SAMPLING_STEPS


if __name__ == "__main__":
    torch.manual_seed(7)
    torch.set_num_threads(len(os.sched_getaffinity(0)))
    sys.argv = [argument for argument in sys.argv if argument != "--compile"]
    work.main(
        "pytorch compiled" if COMPILES else "pytorch", torch.__version__, step_task, sampling_task)
