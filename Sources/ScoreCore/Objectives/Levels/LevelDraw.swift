/// How the noise levels of a batch are drawn.
public protocol LevelDraw: Sendable {
  /// The noise level at a quantile `u` in (0, 1) of this draw.
  func level(atQuantile u: Double, of process: any ForwardProcess) -> NoiseLevel
  /// The density of this draw at a log SNR, relative to the uniform one over the process's range;
  /// nil for draws that take only the levels of ``atoms(of:)``.
  func density(atLogSNR logSNR: Double, of process: any ForwardProcess) -> Double?
  /// The levels of a draw that takes only these, equally often; nil for draws with a density.
  func atoms(of process: any ForwardProcess) -> [NoiseLevel]?
  /// How many networks are trained side by side, each at one of the atoms.
  var networks: Int { get }
}

extension LevelDraw {
  public func atoms(of process: any ForwardProcess) -> [NoiseLevel]? { nil }
  public var networks: Int { 1 }
}

/// Every level draw on offer.
public enum LevelDrawCatalog: Catalog {
  public static let all: [CatalogEntry<any LevelDraw>] = [
    .uniformLogSNR,
    .uniformTime,
    .logNormal,
    .fixed,
    .bank,
  ]
}
