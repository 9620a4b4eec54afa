import CVectorKernels
import Glibc
import Testing

/// The C loops against plain float64 formulas.
@Suite struct NetworkKernelTests {
  /// A denormal.
  static let tiny = 70_000 * Float.leastNonzeroMagnitude

  static let preactivations: [Float] = {
    var values: [Float] = [
      0, -0.0, tiny, -tiny, 1e-30, -1e-30, 1e4, -1e4, 86.9, 87, 87.1, 88, 89, -86.9, -87, -87.1,
      -88, -89, -1.2784645,
    ]
    values += (0...40_000).map { Float($0) * 0.005 - 100 }
    return values
  }()

  @Test("SiLU and its derivative are accurate from -1e4 to 1e4")
  func silu() {
    let n = Self.preactivations.count
    // The bias moves every other value, so that it is seen to be added.
    let bias = (0..<n).map { $0 % 2 == 0 ? Float(0) : 0.25 }
    var z = Self.preactivations
    var applied = z
    var a = [Float](repeating: .nan, count: n)
    sf_silu_forward(&z, bias, &a, 1, n)
    sf_silu_apply(&applied, bias, 1, n)
    var (worst, worstDerivative) = (0.0, 0.0)
    for i in 0..<n {
      let u = Double(Self.preactivations[i] + bias[i])
      let sigmoid = 1 / (1 + exp(-u))
      let value = u * sigmoid
      let derivative = sigmoid + value * (1 / (1 + exp(u)))
      // The exponent stops at 87, where the sigmoid is 1.6e-38: below 1e4 * 1.7e-38 nothing counts.
      let floor = 2e-34
      worst = max(worst, (abs(Double(a[i]) - value) - floor) / max(abs(value), 1e-300))
      // Relative to the two terms of the derivative, which cancel near -1.28.
      let scale = sigmoid + abs(value) * (1 / (1 + exp(u)))
      worstDerivative = max(worstDerivative, (abs(Double(z[i]) - derivative) - floor) / scale)
      #expect(applied[i] == a[i], "both forms agree at \(u)")
    }
    // Four float32 roundings of 6e-8 each and the exponential's own 3e-7 at most.
    #expect(worst <= 4e-7, "largest relative error \(worst)")
    #expect(worstDerivative <= 5e-7, "largest relative error \(worstDerivative)")
  }

  @Test(
    "A non-finite pre-activation does not become finite",
    arguments: [Float.nan, .infinity, -.infinity])
  func siluNonFinite(value: Float) {
    var z = [Float](repeating: value, count: 9)
    var a = [Float](repeating: 0, count: 9)
    sf_silu_forward(&z, [Float](repeating: 0, count: 9), &a, 1, 9)
    #expect(a.allSatisfy { !$0.isFinite })
    #expect(z.allSatisfy { !$0.isFinite })
  }

  @Test("Wave features are sines and cosines, in their places of strided rows")
  func waves() {
    let omega: [Float] = (0..<19).map { 2 * .pi / 64 * pow(64 / 3, Float($0) / 18) }
    let lambda: [Float] = (0...4000).map { Float($0) * 0.02 - 40 } + [0, Self.tiny, 477, -477]
    let (pairs, stride) = (omega.count, 2 * omega.count + 3)
    var out = [Float](repeating: -7, count: lambda.count * stride)
    sf_wave_features(lambda, omega, &out, lambda.count, pairs, stride)
    var worst = 0.0
    for (row, value) in lambda.enumerated() {
      for k in 0..<pairs {
        // The angle is the float32 product: the reduction and the polynomial are what is tested.
        let angle = Double(omega[k] * value)
        worst = max(worst, abs(Double(out[row * stride + k]) - sin(angle)))
        worst = max(worst, abs(Double(out[row * stride + pairs + k]) - cos(angle)))
      }
      #expect(out[row * stride + 2 * pairs..<(row + 1) * stride].allSatisfy { $0 == -7 })
    }
    #expect(worst <= 5e-7, "largest error \(worst)")
  }

  @Test("Column sums start anew or add to what is there", arguments: [1, 7, 64], [1, 5, 8, 37])
  func columnSums(rows: Int, width: Int) {
    let x = (0..<rows * width).map { Float(($0 * 7919) % 1013) - 506 }
    for keep in [false, true] {
      var sums = (0..<width).map { Float($0) }
      sf_column_sums(x, &sums, rows, width, keep ? 1 : 0)
      for j in 0..<width {
        // Whole numbers below 2^24: float32 adds them without rounding.
        let exact = (0..<rows).reduce(keep ? Double(j) : 0) { $0 + Double(x[$1 * width + j]) }
        #expect(Double(sums[j]) == exact)
      }
    }
  }

  @Test("The backward product multiplies elementwise")
  func multiply() {
    var values = (0..<37).map { Float($0) - 18 }
    let factors = (0..<37).map { 0.5 * Float($0) }
    let exact = zip(values, factors).map { $0 * $1 }
    sf_multiply(&values, factors, 37)
    #expect(values == exact)
  }
}
