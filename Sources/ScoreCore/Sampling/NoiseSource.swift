/// Where a sampler's standard normal points come from.
///
/// A pass draws from a random stream; a test or a warning follows one draw at a time through the
/// same step.
public protocol NoiseSource {
  /// Standard normal points, `[count, dimension]`.
  mutating func normals(count: Int, dimension: Int) -> Points
}

extension RandomStream: NoiseSource {}
