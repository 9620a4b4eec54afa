/// The noise levels of a draw in strata, for means over them that have no bias.
///
/// A draw with a density has even strata of log SNR, whatever its own quantiles: losses change over
/// ranges of about 1 there, while a draw even in time may hardly see the levels that carry most of
/// a loss. A draw that takes only a few levels has a stratum for each. With a level drawn evenly in
/// every stratum,
/// ```
/// E f(level) = sum over strata of E[share f(level)]
/// ```
/// The middles of the strata would not do: where f grows like the SNR they miss `h^2 / 24` of it in
/// strata of width h.
struct LevelStrata: Sendable {
  private static let evenStrata = 64

  private let draw: any LevelDraw
  private let process: any ForwardProcess
  /// The levels of a draw that takes only these.
  let atoms: [NoiseLevel]?
  private let range: ClosedRange<Double>
  /// The number of strata.
  let count: Int

  init(_ draw: any LevelDraw, of process: any ForwardProcess) {
    self.draw = draw
    self.process = process
    atoms = draw.atoms(of: process)
    range = process.logSNRRange
    count = atoms?.count ?? Self.evenStrata
  }

  /// The level a fraction of the way, 0 to 1, through a stratum, and its factor in the sum above.
  func level(_ fraction: Double, ofStratum stratum: Int) -> (level: NoiseLevel, share: Double) {
    if let atoms { return (atoms[stratum], 1 / Double(count)) }
    let width = (range.upperBound - range.lowerBound) / Double(count)
    let logSNR = range.lowerBound + (Double(stratum) + fraction) * width
    return (
      process.level(atLogSNR: logSNR),
      (draw.density(atLogSNR: logSNR, of: process) ?? 0) / Double(count)
    )
  }
}
