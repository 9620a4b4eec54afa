import CVectorKernels
import Glibc
import Testing

/// The C loops against plain float64 formulas.
@Suite struct NetworkKernelTests {
  /// A denormal.
  private static let tiny = 70_000 * Float.leastNonzeroMagnitude

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

  @Test(
    "Column sums start anew or add to what is there, of whole rows or of part of them",
    arguments: [1, 7, 64], [1, 5, 8, 37])
  func columnSums(rows: Int, width: Int) {
    let stride = width + rows % 3
    let x = (0..<rows * stride).map { Float(($0 * 7919) % 1013) - 506 }
    for keep in [false, true] {
      var sums = (0..<width).map { Float($0) }
      sf_column_sums(x, &sums, rows, width, stride, keep ? 1 : 0)
      for j in 0..<width {
        // Whole numbers below 2^24: float32 adds them without rounding.
        let exact = (0..<rows).reduce(keep ? Double(j) : 0) { $0 + Double(x[$1 * stride + j]) }
        #expect(Double(sums[j]) == exact)
      }
    }
  }

  @Test("Position features are sines and cosines of each coordinate, behind the coordinates")
  func positions() {
    let omega: [Float] = [1.5, 3, 6, 12]
    let (rows, dimension, stride) = (13, 3, 3 + 3 * 8 + 2)
    var input = [Float](repeating: -7, count: rows * stride)
    for row in 0..<rows {
      for axis in 0..<dimension { input[row * stride + axis] = Float(row * 3 + axis) * 0.21 - 4 }
    }
    let before = input
    sf_position_features(&input, dimension, omega, 4, rows, stride)
    for row in 0..<rows {
      for axis in 0..<dimension {
        let x = before[row * stride + axis]
        #expect(input[row * stride + axis] == x)
        for k in 0..<4 {
          let at = row * stride + dimension + 8 * axis + k
          #expect(abs(Double(input[at]) - sin(Double(omega[k] * x))) <= 5e-7)
          #expect(abs(Double(input[at + 4]) - cos(Double(omega[k] * x))) <= 5e-7)
        }
      }
      #expect(input[row * stride + 27..<(row + 1) * stride].allSatisfy { $0 == -7 })
    }
  }

  @Test("Products and sums are elementwise, in place too")
  func elementwise() {
    let values = (0..<37).map { Float($0) - 18 }
    let factors = (0..<37).map { 0.5 * Float($0) }
    var out = [Float](repeating: 0, count: 37)
    sf_product(values, factors, &out, 37)
    #expect(out == zip(values, factors).map { $0 * $1 })
    out.withUnsafeMutableBufferPointer {
      sf_product($0.baseAddress, factors, $0.baseAddress, 37)
    }
    #expect(out == zip(values, factors).map { $0 * $1 * $1 })
    var sums = values
    sf_add(&sums, factors, 37)
    #expect(sums == zip(values, factors).map { $0 + $1 })
  }
}
