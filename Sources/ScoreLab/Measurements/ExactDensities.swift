import Glibc
import ScoreCore

/// One-dimensional densities on a common grid, in model coordinates.
public struct ExactDensities: Sendable, Equatable {
  public var positions: [Double]
  /// The density at each time of the sampler, `[times][positions]`.
  public var frames: [[Double]]
}

extension ExactDensities {
  /// The densities of a distribution's noisy versions where they and the values have mass.
  init(
    of distribution: any KnownScoreDistribution, process: any ForwardProcess, times: [Double],
    covering values: [Double]
  ) {
    // Four deviations of the data's and of the noise's end are always in view; where the noise is
    // much wider, the same number of points again reaches out to it.
    let low = min(-4, values.min() ?? 0)
    let high = max(4, values.max() ?? 0)
    let inner = (0...320).map { low + (high - low) * Double($0) / 320 }
    let reach = 4 * process.priorDeviation
    let outer = (1...160).map { reach * Double($0) / 160 }
    let positions =
      outer.reversed().map { -$0 }.filter { $0 < low } + inner + outer.filter { $0 > high }
    let points = Points(values: positions, dimension: 1)
    self.init(
      positions: positions,
      frames: times.map { time in
        distribution.logDensity(at: points, level: process.level(at: time)).map { exp($0) }
      })
  }
}
