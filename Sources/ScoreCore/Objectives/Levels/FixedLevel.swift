/// One noise level: a separate minimiser for one time.
///
/// Source: Gupta, Parulekar, Price and Xun 2024 (arXiv:2311.13745), Setting 1.1.
public struct FixedLevel: LevelDraw {
  /// The process time; moved into the range of the process where it lies outside.
  public let time: Double

  public init(time: Double) {
    precondition(time > 0, "There is noise only after time 0.")
    self.time = time
  }

  public func level(atQuantile u: Double, of process: any ForwardProcess) -> NoiseLevel {
    process.level(at: min(max(time, process.stop), process.horizon))
  }

  public func density(atLogSNR logSNR: Double, of process: any ForwardProcess) -> Double? { nil }

  public func atoms(of process: any ForwardProcess) -> [NoiseLevel]? {
    [level(atQuantile: 0.5, of: process)]
  }
}

extension CatalogEntry where Member == any LevelDraw {
  static let fixed = Self(
    name: "fixed", summary: "one noise level, at one time",
    source: "Gupta et al. 2024 (arXiv:2311.13745), Setting 1.1",
    parameters: [
      ParameterDescription(
        "level_time", "process time of the level", .number(default: 0.1, range: 1e-6...1000))
    ]
  ) { FixedLevel(time: $0.number("level_time")) }
}
