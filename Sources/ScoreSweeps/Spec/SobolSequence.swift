/// Sobol's low-discrepancy sequence in the unit cube, in the order of Gray's code.
///
/// A point moves one bit of every coordinate, so that every block of `2^k` points from the start has one in
/// each dyadic interval of length `2^-k` of every axis.
///
/// Source: Sobol 1967, USSR Comput. Math. Math. Phys. 7; Bratley and Fox 1988, ACM TOMS 14 (algorithm 659);
/// direction numbers of Joe and Kuo 2008, SIAM J. Sci. Comput. 30 (new-joe-kuo-6.21201).
struct SobolSequence: Sendable {
  /// Degree, inner coefficients and first direction numbers of the primitive polynomial of each axis
  /// from the second on.
  private static let polynomials: [(degree: Int, inner: UInt32, first: [UInt32])] = [
    (1, 0, [1]), (2, 1, [1, 3]), (3, 1, [1, 3, 1]), (3, 2, [1, 1, 1]), (4, 1, [1, 1, 3, 3]),
    (4, 4, [1, 3, 5, 13]), (5, 2, [1, 1, 5, 5, 17]), (5, 4, [1, 1, 5, 5, 5]),
    (5, 7, [1, 1, 7, 11, 19]), (5, 11, [1, 1, 5, 1, 1]), (5, 13, [1, 1, 1, 3, 11]),
    (5, 14, [1, 3, 5, 5, 31]), (6, 1, [1, 3, 3, 9, 7, 49]), (6, 13, [1, 1, 1, 15, 21, 21]),
    (6, 16, [1, 3, 1, 13, 27, 49]),
  ]
  private static let bits = 32

  /// The most axes.
  static var mostAxes: Int { polynomials.count + 1 }

  /// Direction numbers, `[axes][bits]`.
  private let directions: [[UInt32]]

  /// - Precondition: From 1 to ``mostAxes`` axes.
  init(axes: Int) {
    precondition((1...Self.mostAxes).contains(axes), "There are direction numbers for few axes.")
    directions = (0..<axes).map { $0 == 0 ? Self.first : Self.directions(Self.polynomials[$0 - 1]) }
  }

  private static var first: [UInt32] { (0..<bits).map { 1 << UInt32(bits - 1 - $0) } }

  private static func directions(
    _ polynomial: (degree: Int, inner: UInt32, first: [UInt32])
  ) -> [UInt32] {
    let s = polynomial.degree
    var v = polynomial.first.enumerated().map { $1 << UInt32(bits - 1 - $0) }
    for i in s..<bits {
      var next = v[i - s] ^ (v[i - s] >> UInt32(s))
      for k in 1..<s where polynomial.inner >> UInt32(s - 1 - k) & 1 == 1 { next ^= v[i - k] }
      v.append(next)
    }
    return v
  }

  /// The point of a number from 0, `[axes]`, each coordinate in [0, 1).
  subscript(number: Int) -> [Double] {
    let gray = UInt32(truncatingIfNeeded: number ^ (number >> 1))
    return directions.map { v in
      var x: UInt32 = 0
      for bit in 0..<Self.bits where gray >> UInt32(bit) & 1 == 1 { x ^= v[bit] }
      return Double(x) * 0x1p-32
    }
  }
}
