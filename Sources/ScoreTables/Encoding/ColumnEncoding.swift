/// A column's values as coordinates, and back.
///
/// Categories without an order, with one more for a missing value, are a choice. Other values are a
/// coordinate; where some rows have a mass or no value, a choice follows that says which, and their
/// coordinate is 0.
struct ColumnEncoding: Sendable, Equatable {
  private enum Form: Sendable, Equatable {
    case choice(OptionCode)
    /// The options are: a number of its own, the masses in order, missing.
    case number(ColumnScale, OptionCode?)
  }

  let column: ColumnSchema
  /// The number of coordinates.
  let width: Int
  private let form: Form
  private let hasMissing: Bool

  /// Fits the encoding to values, of which NaN are missing.
  init(_ column: ColumnSchema, fitting values: [Double]) {
    self.column = column
    hasMissing = values.contains { $0.isNaN }
    if column.kind.hasCategories && column.kind != .ordinal {
      let code = OptionCode(
        count: column.categories.count + (hasMissing ? 1 : 0), column.code)
      (form, width) = (.choice(code), code.width)
    } else {
      let scale = ColumnScale(
        column.scaling, fitting: values.filter { !$0.isNaN && !column.masses.contains($0) })
      let count = 1 + column.masses.count + (hasMissing ? 1 : 0)
      let code = count > 1 ? OptionCode(count: count, .oneHot) : nil
      (form, width) = (.number(scale, code), 1 + (code?.width ?? 0))
    }
  }

  /// The coordinates of a value, `[width]`; all 0 for a missing one where the fit had none.
  func coordinates(_ value: Double) -> [Double] {
    guard !value.isNaN || hasMissing else { return Array(repeating: 0, count: width) }
    switch form {
    case .choice(let code): return code.coordinates(value.isNaN ? code.count - 1 : Int(value))
    case .number(let scale, let code):
      guard let code else { return [scale.coordinate(value)] }
      if value.isNaN { return [0] + code.coordinates(code.count - 1) }
      if let mass = column.masses.firstIndex(of: value) {
        return [0] + code.coordinates(mass + 1)
      }
      return [scale.coordinate(value)] + code.coordinates(0)
    }
  }

  /// The valid or missing value of any coordinates, `[width]`.
  func value(_ coordinates: ArraySlice<Double>) -> Double {
    switch form {
    case .choice(let code):
      let option = code.option(coordinates)
      return option < column.categories.count ? Double(option) : .nan
    case .number(let scale, let code):
      let option = code?.option(coordinates.dropFirst()) ?? 0
      if option == 0 { return column.valid(scale.value(coordinates[coordinates.startIndex])) }
      return option <= column.masses.count ? column.masses[option - 1] : .nan
    }
  }
}
