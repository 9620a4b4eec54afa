/// A measured number with what the same measurement gives where there is nothing to find.
public struct NullBand: Sendable, Equatable {
  public let value: Double
  /// The middle 95 % of the null's draws.
  public let band: ClosedRange<Double>
  /// The share of the null's draws, the value itself counted as one, that are at least as large.
  ///
  /// Source: Davison and Hinkley 1997, "Bootstrap Methods and their Application", 4.2.
  public let upperShare: Double

  /// Makes the result from the null's draws, at least one, all finite.
  init(_ value: Double, null: [Double]) {
    precondition(!null.isEmpty, "A null needs draws.")
    let sorted = null.sorted()
    let skipped = Int(0.025 * Double(sorted.count))
    self.value = value
    band = sorted[skipped]...sorted[sorted.count - 1 - skipped]
    upperShare = Double(1 + null.count { $0 >= value }) / Double(null.count + 1)
  }

  /// Whether the value is above the band.
  public var isAbove: Bool { value > band.upperBound }
}
