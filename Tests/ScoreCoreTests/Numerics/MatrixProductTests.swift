import Testing

@testable import ScoreCore

@Suite struct MatrixProductTests {
  /// Tile and panel edges of every instruction set, one row and column, and sums that are cut.
  static let shapes = [
    (1, 1, 1), (1, 33, 7), (5, 2, 300), (64, 128, 46), (128, 2, 64), (67, 2, 128), (2, 128, 3),
    (9, 31, 257), (13, 65, 512), (40, 16, 8), (70, 96, 130),
  ]

  @Test(
    "A product is the float64 sum over k within float32's rounding, however the factors lie",
    arguments: shapes, [(false, false), (true, false), (false, true), (true, true)])
  func products(shape: (Int, Int, Int), transposed: (Bool, Bool)) {
    let (m, n, k) = shape
    var stream = RandomStream(seed: 3, purpose: .test)
    func floats(_ count: Int) -> [Float] { (0..<count).map { _ in Float(stream.normal()) } }
    let (a, b, start) = (floats(m * k), floats(k * n), floats(m * n))
    for adds in [false, true] {
      var c = start
      MatrixProduct.multiply(
        a, transposingLeft: transposed.0, b, transposingRight: transposed.1, into: &c, m: m, n: n,
        k: k, accumulate: adds)
      for i in 0..<m {
        for j in 0..<n {
          var (sum, size) = adds ? (Double(start[i * n + j]), 1.0) : (0, 0)
          for p in 0..<k {
            let term =
              Double(transposed.0 ? a[p * m + i] : a[i * k + p])
              * Double(transposed.1 ? b[j * k + p] : b[p * n + j])
            sum += term
            size += abs(term)
          }
          // Each of the k + 1 additions rounds by at most 2^-24 of a partial sum.
          let bound = Double(k + 2) * 0x1p-24 * (size + abs(sum))
          #expect(abs(Double(c[i * n + j]) - sum) <= bound)
        }
      }
    }
  }

  @Test("An element does not depend on which rows and columns are computed with it")
  func independentOfTheCut() {
    let (m, n, k) = (67, 70, 300)
    var stream = RandomStream(seed: 4, purpose: .test)
    func floats(_ count: Int) -> [Float] { (0..<count).map { _ in Float(stream.normal()) } }
    let (a, b) = (floats(m * k), floats(k * n))
    var whole = floats(m * n)
    MatrixProduct.multiply(a, b, into: &whole, m: m, n: n, k: k)
    var pieces = floats(m * n)
    for (start, count) in [(0, 1), (1, 30), (31, 36)] {
      a.withUnsafeBufferPointer { a in
        pieces.withUnsafeMutableBufferPointer { pieces in
          guard let a = a.baseAddress, let c = pieces.baseAddress else { return }
          MatrixProduct.multiply(a + start * k, b, into: c + start * n, m: count, n: n, k: k)
        }
      }
    }
    #expect(whole == pieces)
  }
}
