import Glibc
import TestSupport
import Testing

@testable import ScoreCore

/// The statistics of filled buffers at fixed seeds.
///
/// Standard errors are those of independent normal numbers; five of them are exceeded in one of two
/// million samples.
@Suite struct NormalDistributionTests {
  enum Width: CaseIterable {
    case float64, float32

    func normals(_ count: Int, seed: UInt64 = 12, purpose: RandomPurpose = .test, index: UInt64 = 0)
      -> [Double]
    {
      var stream = RandomStream(seed: seed, purpose: purpose, index: index)
      switch self {
      case .float64: return stream.normals(count: count, dimension: 1).values
      case .float32:
        var values = [Float](repeating: 0, count: count)
        values.withUnsafeMutableBufferPointer { stream.fillNormals($0) }
        return values.map(Double.init)
      }
    }
  }

  @Test("Moments to the eighth are those of the normal distribution", arguments: Width.allCases)
  func moments(width: Width) {
    let n = 1_000_000
    let values = width.normals(n)
    // E[z^k]: 0 for odd k, else (k - 1)!!.
    func moment(_ k: Int) -> Double {
      k % 2 == 1 ? 0 : stride(from: 1, to: k, by: 2).reduce(1) { $0 * Double($1) }
    }
    for k in 1...8 {
      let mean = values.reduce(0) { $0 + pow($1, Double(k)) } / Double(n)
      let variance = moment(2 * k) - moment(k) * moment(k)
      #expect(abs(mean - moment(k)) <= 5 * (variance / Double(n)).squareRoot(), "moment \(k)")
    }
  }

  @Test("The distribution function is the normal distribution's", arguments: Width.allCases)
  func distribution(width: Width) {
    let values = width.normals(300_000)
    #expect(Samples.kolmogorovSmirnov(values) { StandardNormal.cdf($0) } < 2.23)
    var counts = [Int](repeating: 0, count: 256)
    for value in values { counts[Int(StandardNormal.cdf(value) * 256)] += 1 }
    // 255 degrees of freedom: 0.9999 quantile 347.7.
    #expect(Samples.chiSquare(counts) < 347.7)
  }

  @Test("As many lie in the tails as should", arguments: Width.allCases)
  func tails(width: Width) {
    let n = 4_000_000
    let values = width.normals(n, seed: 13)
    for threshold in [2.0, 3, 3.5, 4, 4.5] {
      let expected = Double(n) * StandardNormal.tail(threshold)
      let above = Double(values.count { $0 > threshold })
      let below = Double(values.count { $0 < -threshold })
      // 13.6 are expected beyond 4.5, so the bound allows for Poisson's skewness with 2.
      let bound = 5 * expected.squareRoot() + 2
      #expect(abs(above - expected) <= bound, "above \(threshold): \(above), not \(expected)")
      #expect(abs(below - expected) <= bound, "below -\(threshold): \(below), not \(expected)")
    }
  }

  @Test("Neighbours are independent", arguments: Width.allCases, [1, 2, 3, 4, 8, 256])
  func neighbours(width: Width, lag: Int) {
    let values = width.normals(400_000, seed: 14)
    expectIndependent(Array(values.dropLast(lag)), Array(values.dropFirst(lag)), stride: 2 * lag)
  }

  @Test("Streams that differ in one word are independent", arguments: Width.allCases)
  func streams(width: Width) {
    let n = 200_000
    let base = width.normals(n)
    for other in [
      width.normals(n, seed: 13), width.normals(n, seed: 12 | 1 << 32),
      width.normals(n, purpose: .probe), width.normals(n, index: 1),
      width.normals(n, index: 1 << 32),
    ] {
      expectIndependent(base, other, stride: 1)
    }
  }

  /// Pairs of normal numbers: no correlation of the numbers or of their squares, and equal counts
  /// in 16 x 16 cells of equal probability.
  ///
  /// `stride` is that of pairs without a number in common, which a chi-square test needs.
  private func expectIndependent(_ x: [Double], _ y: [Double], stride: Int) {
    let n = Double(x.count)
    let plain = zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } / n
    #expect(abs(plain) <= 5 / n.squareRoot())
    // Var(z^2) = 2.
    let squares = zip(x, y).reduce(0) { $0 + ($1.0 * $1.0 - 1) * ($1.1 * $1.1 - 1) } / n
    #expect(abs(squares) <= 5 * 2 / n.squareRoot())
    var counts = [Int](repeating: 0, count: 256)
    for i in x.indices where stride == 1 || i % stride < stride / 2 {
      let column = Int(StandardNormal.cdf(x[i]) * 16)
      counts[column * 16 + Int(StandardNormal.cdf(y[i]) * 16)] += 1
    }
    // 255 degrees of freedom: 0.9999 quantile 347.7.
    #expect(Samples.chiSquare(counts) < 347.7)
  }
}
