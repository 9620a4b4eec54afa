"""The work of `work.py` in JAX: whole runs of steps in one compiled `lax.scan`.

    python jax_peer.py [TASK WIDTH DEPTH BATCH]
"""

from functools import partial

import jax
import jax.numpy as jnp

import work

STEPS = 200


def features(log_snr):
    """Sines and cosines of log ratios [n], as [n, 32]."""
    angles = log_snr[:, None] * work.FREQUENCIES
    return jnp.concatenate([jnp.sin(angles), jnp.cos(angles)], 1)


def level(t):
    """The signal and noise scales of the Ornstein-Uhlenbeck process and their log ratio."""
    variance = -jnp.expm1(-2 * t)
    return jnp.exp(-t), jnp.sqrt(variance), -2 * t - jnp.log(variance)


def hidden_layers(layers, h):
    """What follows the first affine layer."""
    for weights, bias in layers:
        h = jax.nn.silu(h) @ weights + bias
    return h


def network(layers, x, log_snr):
    weights, bias = layers[0]
    inputs = jnp.concatenate([x, features(log_snr)], 1)
    return hidden_layers(layers[1:], inputs @ weights + bias)


def loss(layers, clean, t, noise):
    alpha, sigma, log_snr = level(t)
    noisy = alpha[:, None] * clean + sigma[:, None] * noise
    return jnp.mean(jnp.sum((network(layers, noisy, log_snr) - noise) ** 2, 1))


def adam(state, gradient):
    """Adam and the weight average; optax makes the same arithmetic of it."""
    layers, first, second, average, count = state
    count += 1
    tree = jax.tree.map
    first = tree(lambda m, g: work.BETA1 * m + (1 - work.BETA1) * g, first, gradient)
    second = tree(lambda v, g: work.BETA2 * v + (1 - work.BETA2) * g * g, second, gradient)
    c1 = 1 / (1 - work.BETA1 ** count.astype(jnp.float32))
    c2 = 1 / (1 - work.BETA2 ** count.astype(jnp.float32))
    layers = tree(
        lambda p, m, v: p - work.RATE * (m * c1) / (jnp.sqrt(v * c2) + work.EPSILON),
        layers, first, second)
    average = tree(lambda a, p: a + (1 - work.AVERAGE) * (p - a), average, layers)
    return layers, first, second, average, count


@partial(jax.jit, static_argnames="batch", donate_argnames=("state", "key"))
def train(state, key, data, batch):
    """STEPS training steps; returns the state, the key and the loss of each step."""

    def body(carry, _):
        state, key = carry
        key, rows, times, normals = jax.random.split(key, 4)
        clean = data[jax.random.randint(rows, (batch,), 0, len(data))]
        t = jax.random.uniform(times, (batch,), minval=work.STOP, maxval=work.HORIZON)
        noise = jax.random.normal(normals, clean.shape)
        value, gradient = jax.value_and_grad(loss)(state[0], clean, t, noise)
        return (adam(state, gradient), key), value

    (state, key), losses = jax.lax.scan(body, (state, key), length=STEPS)
    return state, key, losses


@partial(jax.jit, static_argnames=("count", "folds"))
def sample(layers, key, count, folds):
    """Euler-Maruyama from the horizon to the stop; all points of a step share its time."""
    key, start = jax.random.split(key)
    weights, bias = layers[0]
    times = jnp.asarray(work.sampling_times())

    def body(carry, span):
        x, key = carry
        t, h = span
        key, normals = jax.random.split(key)
        _, sigma, log_snr = level(t)
        if folds:
            shared = features(log_snr[None]) @ weights[2:] + bias
            noise = hidden_layers(layers[1:], x @ weights[:2] + shared)
        else:
            noise = network(layers, x, jnp.broadcast_to(log_snr, count))
        score = -noise / sigma
        x = x + h * (x + 2 * score) + jnp.sqrt(2 * h) * jax.random.normal(normals, x.shape)
        return (x, key), None

    spans = (times[:-1], times[:-1] - times[1:])
    (x, _), _ = jax.lax.scan(body, (jax.random.normal(start, (count, 2)), key), spans)
    return x


def start(width, depth):
    layers = jax.tree.map(jnp.asarray, work.initial_parameters(width, depth))
    # Copies, because a donated buffer may be given once only.
    zeros = [jax.tree.map(jnp.zeros_like, layers) for _ in range(2)]
    return layers, *zeros, jax.tree.map(jnp.copy, layers), jnp.zeros((), jnp.int32)


def step_task(width, depth, batch):
    state, key, data = start(width, depth), jax.random.key(7), jnp.asarray(work.two_moons())

    def run():
        nonlocal state, key
        state, key, losses = train(state, key, data, batch)
        assert jnp.isfinite(losses.block_until_ready()[-1])

    return run, STEPS


def sampling_task(width, depth, count, folds):
    state, _, _ = train(
        start(width, depth), jax.random.key(7), jnp.asarray(work.two_moons()), 256)
    key = jax.random.key(8)

    def run():
        assert jnp.isfinite(sample(state[3], key, count, folds).block_until_ready()).all()

    return run, work.SAMPLING_STEPS


if __name__ == "__main__":
    work.main("jax", jax.__version__, step_task, sampling_task)
