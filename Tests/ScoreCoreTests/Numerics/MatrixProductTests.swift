import Testing

@testable import ScoreCore

@Suite struct MatrixProductTests {
  /// Tile and panel edges of every instruction set, one row and column, sums that are cut, and rows
  /// that lie so far apart that they are copied.
  static let shapes = [
    (1, 1, 1), (1, 33, 7), (5, 2, 300), (64, 128, 46), (128, 2, 64), (67, 2, 128), (2, 128, 3),
    (9, 31, 257), (13, 65, 512), (40, 16, 8), (70, 96, 130), (6, 70, 300), (20, 8, 33),
    (515, 64, 9),
    (700, 75, 258),
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

  @Test("A sum that is taken in two calls has the bits of one call", arguments: shapes)
  func independentOfCalls(shape: (Int, Int, Int)) {
    let (m, n, k) = shape
    var stream = RandomStream(seed: 5, purpose: .test)
    func floats(_ count: Int) -> [Float] { (0..<count).map { _ in Float(stream.normal()) } }
    let (a, b) = (floats(k * m), floats(k * n))
    var (whole, twice) = (floats(m * n), floats(m * n))
    MatrixProduct.multiply(a, transposingLeft: true, b, into: &whole, m: m, n: n, k: k)
    let first = k / 2
    for (start, count) in [(0, first), (first, k - first)] {
      a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { b in
          guard let a = a.baseAddress, let b = b.baseAddress else { return }
          MatrixProduct.multiply(
            a + start * m, transposingLeft: true, b + start * n, into: &twice, m: m, n: n,
            k: count, accumulate: start > 0)
        }
      }
    }
    guard first > 0 else { return }
    #expect(whole == twice)
  }

  @Test("Columns of a wider matrix give the columns of the product", arguments: shapes)
  func columns(shape: (Int, Int, Int)) {
    let (m, n, k) = shape
    var stream = RandomStream(seed: 6, purpose: .test)
    func floats(_ count: Int) -> [Float] { (0..<count).map { _ in Float(stream.normal()) } }
    let (a, b) = (floats(k * m), floats(k * n))
    var (whole, pieces) = (floats(m * n), floats(m * n))
    MatrixProduct.multiply(a, transposingLeft: true, b, into: &whole, m: m, n: n, k: k)
    let parts = [0..<n / 3, n / 3..<n]
    for part in parts where !part.isEmpty {
      b.withUnsafeBufferPointer { b in
        pieces.withUnsafeMutableBufferPointer { pieces in
          guard let b = b.baseAddress, let c = pieces.baseAddress else { return }
          MatrixProduct.multiply(
            a, transposingLeft: true, aStep: m, b + part.lowerBound, bStep: n,
            into: c + part.lowerBound, cStep: n, m: m, n: part.count, k: k)
        }
      }
    }
    #expect(whole == pieces)
  }

  @Test("Factors are multiplied by the result, which is kept unless it is spare", arguments: shapes)
  func factors(shape: (Int, Int, Int)) {
    let (m, n, k) = shape
    var stream = RandomStream(seed: 7, purpose: .test)
    func floats(_ count: Int) -> [Float] { (0..<count).map { _ in Float(stream.normal()) } }
    let (a, b, start, factors) = (floats(m * k), floats(k * n), floats(m * n), floats(m * n))
    for adds in [false, true] {
      var plain = start
      MatrixProduct.multiply(
        a, b, transposingRight: true, into: &plain, m: m, n: n, k: k, accumulate: adds)
      for isSpare in [false, true] {
        var (c, times) = (start, factors)
        times.withUnsafeMutableBufferPointer { times in
          MatrixProduct.multiply(
            a, b, transposingRight: true, into: &c, m: m, n: n, k: k, accumulate: adds,
            times: times.baseAddress, isSpare: isSpare)
        }
        #expect(times == zip(factors, plain).map { $0 * $1 })
        #expect(isSpare || c == plain)
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
