/// Everything a training step needs to know of a noise level, at a grid of quantiles of the draw.
///
/// Levels are drawn from the middles of ``resolution`` equal strata, so that a step looks rows up
/// instead of evaluating logarithms and roots for each.
struct ObjectiveTable: Sendable {
  /// One level as a step uses it, float32.
  struct Row: Sendable {
    var alpha: Float
    var sigma: Float
    /// The factor on the noisy point before it enters the network.
    var inputScale: Float
    /// The target is `data x_0 + noise z`.
    var data: Float
    var noise: Float
    var weight: Float
    /// What the time features are of: see ``TimeFeatures``.
    var clock: Float

    init(
      _ level: NoiseLevel, objective: Objective, process: any ForwardProcess,
      features: TimeFeatures
    ) {
      let point = objective.point(at: level, process: process)
      alpha = Float(level.alpha)
      sigma = Float(level.sigma)
      inputScale = Float(objective.target.inputScale(at: level))
      data = Float(point.coefficients.data)
      noise = Float(point.coefficients.noise)
      weight = Float(objective.weighting.weight(at: point))
      clock = Float(features.clock(at: level, process: process))
    }
  }

  static let resolution = 1 << 15

  private let rows: [Row]

  init(_ objective: Objective, process: any ForwardProcess, features: TimeFeatures) {
    let atoms = objective.levels.atoms(of: process)
    let count = atoms?.count ?? Self.resolution
    let shards = RowShards.map(count: count, costPerRow: 400) { range in
      range.map { index in
        let u = (Double(index) + 0.5) / Double(count)
        let level = atoms?[index] ?? objective.levels.level(atQuantile: u, of: process)
        return Row(level, objective: objective, process: process, features: features)
      }
    }
    rows = shards.flatMap { $0 }
  }

  /// The level of a quantile `u` in [0, 1).
  func row(atQuantile u: Double) -> Row {
    rows[min(rows.count - 1, Int(u * Double(rows.count)))]
  }
}
