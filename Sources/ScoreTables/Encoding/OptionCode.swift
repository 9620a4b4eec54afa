/// A choice among options as coordinates of 1 and -1.
struct OptionCode: Sendable, Equatable {
  private enum Form: Sendable, Equatable {
    /// One coordinate, whose sign decides between two.
    case sign
    case oneHot
    case bits
  }

  let count: Int
  /// The number of coordinates.
  let width: Int
  private let form: Form

  /// A code for at least one option.
  init(count: Int, _ code: ColumnSchema.Code) {
    precondition(count >= 1, "A choice needs an option.")
    self.count = count
    if count == 2 {
      (form, width) = (.sign, 1)
    } else if code == .oneHot || count == 1 {
      (form, width) = (.oneHot, count)
    } else {
      (form, width) = (.bits, Int.bitWidth - (count - 1).leadingZeroBitCount)
    }
  }

  /// The coordinates of an option, `[width]`.
  func coordinates(_ option: Int) -> [Double] {
    switch form {
    case .sign: [option == 1 ? 1 : -1]
    case .oneHot: (0..<count).map { $0 == option ? 1 : -1 }
    case .bits: (0..<width).map { option >> $0 & 1 == 1 ? 1 : -1 }
    }
  }

  /// The option whose coordinates are nearest; NaN counts as 0.
  func option(_ coordinates: ArraySlice<Double>) -> Int {
    let x = coordinates.map { $0.isNaN ? 0 : $0 }
    switch form {
    case .sign: return x[0] > 0 ? 1 : 0
    case .oneHot: return (0..<count).max { x[$0] < x[$1] } ?? 0
    case .bits:
      let nearest = x.indices.reduce(0) { $0 | (x[$1] > 0 ? 1 << $1 : 0) }
      guard nearest >= count else { return nearest }
      // Not every pattern is a category: the one whose bits agree most with the coordinates.
      func agreement(_ option: Int) -> Double {
        zip(self.coordinates(option), x).reduce(0) { $0 + $1.0 * min(max($1.1, -1e6), 1e6) }
      }
      return (0..<count).max { agreement($0) < agreement($1) } ?? 0
    }
  }
}
