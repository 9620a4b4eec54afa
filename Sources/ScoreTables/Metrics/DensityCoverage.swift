public import ScoreCore

/// How many of the real rows' neighbourhoods rows lie in (density), and how many of these are hit
/// (coverage).
///
/// Source: Naeem, Oh, Uh, Choi and Yoo 2020, "Reliable Fidelity and Diversity Metrics", eq. 3 and 4,
/// arXiv:2002.09797.
public struct DensityCoverage: Sendable, Equatable {
  public let density: Double
  public let coverage: Double

  /// Measures rows against real ones.
  ///
  /// - Parameters:
  ///   - rows: At least one row.
  ///   - real: More than `k` real rows, encoded in the same way.
  ///   - k: A neighbourhood reaches to the `k`-th nearest other real row.
  public init(rows: Points, real: Points, k: Int = 5) {
    let radii = Neighbors.squaredRadii(real, k: k)
    var (inside, hit) = (0, 0)
    for place in 0..<real.count {
      let count = (0..<rows.count).count { row in
        Neighbors.squared(real, place, rows, row, limit: .infinity) <= radii[place]
      }
      inside += count
      hit += count > 0 ? 1 : 0
    }
    density = Double(inside) / Double(k * rows.count)
    coverage = Double(hit) / Double(real.count)
  }
}
