/// The uniform distribution on the black squares of a board, standardised.
///
/// A mixture of boxes, so its score is exact at every level with noise. For any number of squares
/// the board is symmetric about its middle, which therefore is its mean.
enum Checkerboard {
  /// Makes the distribution.
  ///
  /// - Parameter squares: The number of squares along each side, at least 2.
  /// - Returns: One box for each black square, all of one weight.
  static func mixture(squares: Int) -> UniformBoxMixture {
    let corners = (0..<squares).flatMap { row in
      (0..<squares).filter { (row + $0) % 2 == 0 }.map { [Double($0), Double(row)] }
    }
    let centres = Points(rows: corners.map { $0.map { $0 + 0.5 } })
    let frame = StandardizedMixture(centres: centres, variance: 1.0 / 12)
    return UniformBoxMixture(
      corners.map { corner in
        UniformBoxMixture.Box(
          low: corner.indices.map { frame.standardized(corner[$0], axis: $0) },
          high: corner.indices.map { frame.standardized(corner[$0] + 1, axis: $0) })
      })
  }
}

extension DistributionCatalog.Entry {
  static let checkerboard = DistributionCatalog.Entry(
    name: "checkerboard",
    summary: "uniform on the black squares of a board: sharp edges",
    source: "closed form, differences of the normal distribution function",
    parameters: [
      ParameterDescription(
        "squares", "along each side of the board", .integer(default: 4, range: 2...32))
    ],
    make: { parameters, _ in Checkerboard.mixture(squares: parameters.integer("squares")) })
}
