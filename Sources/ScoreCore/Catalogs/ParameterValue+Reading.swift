/// Reading structured values; every error carries the exact path.
extension ParameterValue {
  func list(
    at path: [String], of what: String, count: Int? = nil
  ) throws(ParameterError) -> [ParameterValue] {
    guard case .list(let items) = self, count == nil || items.count == count else {
      let size = count.map { "\($0) " } ?? ""
      throw ParameterError(path: path, message: "expected a list of \(size)\(what), found \(found)")
    }
    return items
  }

  func map(
    at path: [String], allowing keys: [String]
  ) throws(ParameterError) -> [String: ParameterValue] {
    let allowed = keys.joined(separator: ", ")
    guard case .map(let entries) = self else {
      throw ParameterError(
        path: path, message: "expected a map with the keys \(allowed), found \(found)")
    }
    for key in entries.keys.sorted() where !keys.contains(key) {
      throw ParameterError(
        path: path + [key], message: "unknown key \"\(key)\"; allowed here: \(allowed)")
    }
    return entries
  }

  func number(at path: [String]) throws(ParameterError) -> Double {
    guard case .number(let value) = self, value.isFinite else {
      throw ParameterError(path: path, message: "expected a number, found \(found)")
    }
    return value
  }

  func positiveNumber(at path: [String]) throws(ParameterError) -> Double {
    guard case .number(let value) = self, value.isFinite, value > 0 else {
      throw ParameterError(path: path, message: "expected a positive number, found \(found)")
    }
    return value
  }

  func numbers(at path: [String], count: Int? = nil) throws(ParameterError) -> [Double] {
    var numbers: [Double] = []
    for (index, item) in try list(at: path, of: "numbers", count: count).enumerated() {
      numbers.append(try item.number(at: path + ["\(index + 1)"]))
    }
    return numbers
  }

  func text(at path: [String]) throws(ParameterError) -> String {
    guard case .text(let value) = self else {
      throw ParameterError(path: path, message: "expected text, found \(found)")
    }
    return value
  }
}
