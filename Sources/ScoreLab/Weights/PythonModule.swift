/// A folder from which Python programs use the weights of a run, with numpy alone.
public struct PythonModule: Sendable {
  /// The folder; it is made where it is missing.
  public let path: String

  public init(path: String) { self.path = path }

  /// Writes the weights, the module that reads them, and an example as a program and as a notebook.
  ///
  /// - Parameters:
  ///   - weights: The weights of a run.
  ///   - origin: The program and version that made them.
  /// - Returns: The names of the files.
  /// - Throws: ``FileError``; files that were written before stay.
  public func write(_ weights: WeightsFile, origin: String) throws(FileError) -> [String] {
    let names = ["weights.safetensors", "scorefield_score.py", "example.py", "example.ipynb"]
    try Folder.create(path)
    try weights.write(to: "\(path)/\(names[0])", origin: origin)
    try FileWriter.writeAtomically(Self.module, to: "\(path)/\(names[1])")
    try FileWriter.writeAtomically(
      PythonNotebook.program(of: Self.cells), to: "\(path)/\(names[2])")
    try FileWriter.writeAtomically(
      PythonNotebook(Self.introduction, cells: Self.cells + [Self.picture]).text,
      to: "\(path)/\(names[3])")
    return names
  }

  /// The whole of the module; docs/weights.md says what it follows.
  private static let module = #"""
    """The score network of a Scorefield run, and a sampler, in numpy (float64)."""
    import csv
    import json
    import numpy as np

    TYPES = {"F32": "<f4", "F64": "<f8", "I64": "<i8", "U8": "u1"}
    ACTIVATIONS = {
        "silu": lambda u: u / (1 + np.exp(-u)),
        "relu": lambda u: np.maximum(u, 0),
        "tanh": np.tanh,
        "gelu": lambda u: u * (1 + np.tanh(np.sqrt(2 / np.pi) * (u + 0.044715 * u**3))) / 2,
    }
    # What the network predicts: data * x_0 + noise * z, at alpha a, sigma s and data deviation d.
    TARGETS = {
        "noise": lambda a, s, d: (0, 1),
        "data": lambda a, s, d: (1, 0),
        "velocity": lambda a, s, d: (-s, a),
        "flow": lambda a, s, d: (-1, 1),
        "score": lambda a, s, d: (0, -1 / s),
        "edm": lambda a, s, d: (s / d / np.hypot(s, a * d), -a * d / np.hypot(s, a * d)),
    }


    def read(path):
        """The arrays of a safetensors file by name, and its texts."""
        data = open(path, "rb").read()
        size = 8 + int.from_bytes(data[:8], "little")
        header = json.loads(data[8:size])
        about = header.pop("__metadata__", {})
        return {name: np.frombuffer(data[size + e["data_offsets"][0] : size + e["data_offsets"][1]],
                                    TYPES[e["dtype"]]).reshape(e["shape"])
                for name, e in header.items()}, about


    def shortened(x, radius):
        """Points that are farther from zero than a radius, brought back to it; 0 for none."""
        length = np.linalg.norm(x, axis=1, keepdims=True)
        return x * radius / np.maximum(length, radius) if radius > 0 else x


    class Model:
        def __init__(self, path, weights="average"):
            self.arrays, self.about = read(path)
            self.weights, self.levels = weights, self.arrays["levels"]  # time, alpha, sigma
            self.classes = next(csv.reader([self.about.get("classes", "")]), [])

        def predict(self, x, level, label=None):
            """What the network predicts at points x, [n, d], of a level (time, alpha, sigma)."""
            get, (time, a, s) = self.about.get, level
            d = float(get("objective.data_deviation", 1)) if get("objective.target") == "edm" else 1
            x = x / np.hypot(a * d, s)
            kind, log_snr = get("network.time_embedding"), 2 * np.log(a / s)
            clock = (log_snr if kind == "log_snr" else time - float(get("stop")) if kind == "since_stop"
                     else time / float(get("horizon")))
            # The product is float32 in the program too: at high frequencies its rounding shows.
            angles = (self.arrays["time_frequencies"] * np.float32(clock)).astype(float)
            shared = ([clock] if kind in ("plain", "since_stop") else [] if kind == "none"
                      else np.concatenate([np.sin(angles), np.cos(angles)]))
            shared = np.concatenate([shared, [str(label) == name for name in self.classes]])
            x = shortened(x, float(get("network.input_radius", 0)))
            waves = x[:, :, None] * self.arrays["position_frequencies"]
            waves = np.concatenate([np.sin(waves), np.cos(waves)], 2).reshape(len(x), -1)
            h = np.concatenate([x, waves, np.broadcast_to(shared, (len(x), len(shared)))], 1)
            bank = self.arrays["bank.log_snr"]
            pick = (lambda w: w[np.argmin(np.abs(bank - log_snr))]) if len(bank) else (lambda w: w)
            radius = float(get("objective.support_radius", 0))
            if get("network.kind") == "ntk":
                inner, outer = (pick(self.arrays[f"{self.weights}.layer{i}.weight"]).astype(float)
                                for i in (0, 1))
                return shortened(np.maximum(h @ inner, 0) @ outer / np.sqrt(len(outer)), radius)
            if get("network.kind") == "conservative":
                w, b, a = (pick(self.arrays[f"{self.weights}.{n}"]).astype(float)
                           for n in ("layer0.weight", "layer0.bias", "layer1.weight"))
                d, omega = x.shape[1], self.arrays["position_frequencies"].astype(float)
                heads = (ACTIVATIONS[get("network.activation")](h @ w + b) * a[:, 0]) @ w[: x.shape[1] + waves.shape[1]].T
                sines = heads[:, d:].reshape(len(x), d, 2, len(omega))
                angles = x[:, :, None] * omega
                return shortened(heads[:, :d] + (omega * (np.cos(angles) * sines[:, :, 0]
                                                          - np.sin(angles) * sines[:, :, 1])).sum(2), radius)
            last = sum(name.startswith("last.") for name in self.arrays) // 2 - 1
            for i in range(last + 1):
                w, b = (pick(self.arrays[f"{self.weights}.layer{i}.{n}"]) for n in ("weight", "bias"))
                u = h @ w.astype(float) + b
                if i < last:
                    u = ACTIVATIONS[get("network.activation")](u)
                    skips = get("network.residual") == "true" and i > 0 and u.shape == h.shape
                    u = u + h if skips else u
                h = u
            return shortened(h, radius)

        def score(self, x, level, label=None, guidance=0):
            """The score at points x, [n, d], in model coordinates; of a class, if one is named."""
            if guidance and label is not None:
                return (1 + guidance) * self.score(x, level, label) - guidance * self.score(x, level)
            _, a, s = level
            d = float(self.about.get("objective.data_deviation", 1))
            data, noise = TARGETS[self.about["objective.target"]](a, s, d)
            return -(a * self.predict(x, level, label) - data * x) / (a * noise - data * s) / s

        def step(self, x, level, next_level, label=None, guidance=0):
            """One step of DDIM with eta 0 (Song et al. 2021, eq. 12) from a level to the next."""
            (_, a, s), (_, b, r) = level, next_level
            return b / a * x + s * (b / a * s - r) * self.score(x, level, label, guidance)

        def sample(self, count, seed=0, label=None, guidance=0):
            """Samples in the units of the data."""
            d, rng = int(self.about["dimension"]), np.random.default_rng(seed)
            x = rng.normal(size=(count, d)) * float(self.about["prior_deviation"])
            for level, next_level in zip(self.levels, self.levels[1:]):
                x = self.step(x, level, next_level, label, guidance)
            return self.arrays["coordinates.offset"] + self.arrays["coordinates.scale"] * x

    """#

  private static let introduction = """
    # A score network of Scorefield in numpy

    `scorefield_score.py` next to this notebook reproduces the score and the sampler `ddim`; `weights.safetensors` has \
    the weights and all that is needed to use them.
    """

  /// The parts of the example.
  private static let cells = [
    #"""
    """Samples, and the score at some of them: python example.py"""
    import os
    import numpy as np
    import scorefield_score

    # In a notebook the folder is that of the notebook.
    folder = os.path.dirname(os.path.abspath(globals().get("__file__", "example.ipynb")))
    model = scorefield_score.Model(os.path.join(folder, "weights.safetensors"))
    samples = model.sample(1000)
    print("mean", samples.mean(0), "deviation", samples.std(0))
    """#,
    #"""
    # Scores are in model coordinates: points minus the offset, over the scale.
    offset, scale = model.arrays["coordinates.offset"], model.arrays["coordinates.scale"]
    level = model.levels[len(model.levels) // 2]
    noise = np.random.default_rng(1).normal(size=samples[:5].shape)
    x = level[1] * (samples[:5] - offset) / scale + level[2] * noise
    print("time, alpha, sigma", level)
    print("points\n", x)
    print("scores\n", model.score(x, level))
    """#,
  ]

  /// What only the notebook has, for it needs matplotlib.
  private static let picture = #"""
    # The samples along the first and the last coordinate; needs matplotlib.
    import matplotlib.pyplot as plt

    plt.scatter(samples[:, 0], samples[:, -1], s=3)
    plt.gca().set_aspect("equal")
    plt.show()
    """#
}
