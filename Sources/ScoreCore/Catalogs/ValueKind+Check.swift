extension ValueKind {
  /// The value to take: a given one as it is if it is allowed, or the default.
  ///
  /// - Parameters:
  ///   - value: What was given, if anything.
  ///   - name: The parameter's name, for messages.
  /// - Returns: The value; nil where nothing was given and there is no default.
  /// - Throws: ``ParameterError`` naming the parameter and what is allowed.
  func checked(
    _ value: ParameterValue?, named name: String
  ) throws(ParameterError) -> ParameterValue? {
    guard let value else {
      if case .text(nil) = self {
        throw ParameterError(path: [name], message: "\"\(name)\" must be given")
      }
      return standard
    }
    guard allows(value) else {
      throw ParameterError(path: [name], message: "expected \(expected), found \(value.found)")
    }
    return value
  }

  private var standard: ParameterValue? {
    switch self {
    case .number(let number, _): .number(number)
    case .integer(let number, _, _): .number(Double(number))
    case .seed(let seed): .number(Double(seed))
    case .flag(let flag): .flag(flag)
    case .text(let text): text.map { .text($0) }
    case .choice(let name, _): .text(name)
    case .integers(let numbers, _, _): .list(numbers.map { .number(Double($0)) })
    case .size(let count, _): count.map { .number(Double($0)) } ?? .text(Self.unlimited)
    case .structured, .map: nil
    }
  }

  private func allows(_ value: ParameterValue) -> Bool {
    switch (self, value) {
    case (.number(_, let range), .number(let number)): range.contains(number)
    case (.integer(_, let range, let divisor), .number(let number)):
      Self.whole(number, in: range).map { $0 % divisor == 0 } ?? false
    case (.seed, .number(let number)): UInt64(exactly: number) != nil
    case (.choice(_, let names), .text(let name)): names.contains(name)
    case (.integers(_, let lengths, let range), .list(let items)):
      lengths.contains(items.count)
        && items.allSatisfy {
          if case .number(let number) = $0 { Self.whole(number, in: range) != nil } else { false }
        }
    case (.size(_, let range), .number(let number)): Self.whole(number, in: range) != nil
    case (.size, .text(let word)): word == Self.unlimited
    case (.flag, .flag), (.text, .text), (.structured, _), (.map, .map): true
    case (.number, _), (.integer, _), (.seed, _), (.flag, _), (.text, _), (.choice, _),
      (.integers, _), (.size, _), (.map, _):
      false
    }
  }

  private static func whole(_ number: Double, in range: ClosedRange<Int>) -> Int? {
    Int(exactly: number).flatMap { range.contains($0) ? $0 : nil }
  }

  private var expected: String {
    switch self {
    case .number(_, let range): "a number from \(range.lowerBound) to \(range.upperBound)"
    case .integer(_, let range, let divisor):
      (divisor == 1 ? "a whole number" : "a multiple of \(divisor)")
        + " from \(range.lowerBound) to \(range.upperBound)"
    case .seed: "a whole number from 0 to \(UInt64.max)"
    case .flag: "true or false"
    case .text: "text"
    case .choice(_, let names): "one of \(names.joined(separator: ", "))"
    case .integers(_, let lengths, let range):
      "a list of \(lengths.lowerBound) to \(lengths.upperBound) whole numbers from "
        + "\(range.lowerBound) to \(range.upperBound)"
    case .size(_, let range):
      "a whole number from \(range.lowerBound) to \(range.upperBound), or \(Self.unlimited)"
    case .structured, .map: "a map"
    }
  }
}
