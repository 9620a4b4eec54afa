import CVectorKernels
import CWideKernels
import Testing

@testable import ScoreCore

@Suite(.enabled(if: ProcessorLimit.vectors != "baseline", "needs fused multiply-adds"))
struct WideProductTests {
  /// A matrix whose rows may be further apart than they are long.
  private static func lies(_ isTransposed: Bool, _ step: Int) -> (row: Int, column: Int) {
    isTransposed ? (1, step) : (step, 1)
  }

  @Test("The version for AVX-512 has the bits of the one in use, whatever the shape")
  func sameBits() {
    var stream = RandomStream(seed: 11, purpose: .test)
    for trial in 0..<600 {
      // Thin ones, long ones and such as are copied, among small ones.
      let m = 1 + stream.integer(below: trial % 7 == 0 ? 700 : 70)
      let n = 1 + stream.integer(below: trial % 5 == 0 ? 200 : trial % 11 == 0 ? 8 : 70)
      let k = 1 + stream.integer(below: trial % 3 == 0 ? 600 : 70)
      let (left, right) = (stream.integer(below: 2) == 0, stream.integer(below: 2) == 0)
      let aStep = (left ? m : k) + stream.integer(below: 3)
      let bStep = (right ? k : n) + stream.integer(below: 3)
      let cStep = n + stream.integer(below: 3)
      func floats(_ count: Int) -> [Float] { (0..<count).map { _ in Float(stream.normal()) } }
      let (a, b) = (floats(aStep * (left ? k : m)), floats(bStep * (right ? n : k)))
      let (c, factors) = (floats(cStep * m), floats(cStep * m))
      let (adds, multiplies) = (Int32(trial % 2), trial % 3 == 1)
      let results = [sf_matrix_product, sf_wide_product].map { product in
        var (c, factors) = (c, factors)
        a.withUnsafeBufferPointer { a in
          b.withUnsafeBufferPointer { b in
            c.withUnsafeMutableBufferPointer { c in
              factors.withUnsafeMutableBufferPointer { factors in
                let (aLies, bLies) = (Self.lies(left, aStep), Self.lies(right, bStep))
                product(
                  sf_matrix(data: a.baseAddress, row: aLies.row, column: aLies.column),
                  sf_matrix(data: b.baseAddress, row: bLies.row, column: bLies.column),
                  sf_result(
                    data: c.baseAddress, row: cStep, adds: adds,
                    times: multiplies ? factors.baseAddress : nil, is_spare: 0), m, n, k)
              }
            }
          }
        }
        return c + factors
      }
      #expect(results[0] == results[1], "m \(m), n \(n), k \(k), \(left), \(right)")
    }
  }
}
