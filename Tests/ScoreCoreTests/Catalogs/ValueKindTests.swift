import Testing

@testable import ScoreCore

/// What each kind of value takes, and what it is by itself.
@Suite struct ValueKindTests {
  private static let list = ParameterValue.list([.number(2), .number(3)])

  static let cases:
    [(kind: ValueKind, standard: ParameterValue?, good: [ParameterValue], bad: [ParameterValue])] =
      [
        (
          .number(default: 0.5, range: 0...1), .number(0.5), [.number(0), .number(1)],
          [.number(1.5), .text("1")]
        ),
        (
          .integer(default: 4, range: 2...8), .number(4), [.number(2), .number(3)],
          [.number(2.5), .number(9), .flag(true)]
        ),
        (
          .integer(default: 4, range: 2...8, multipleOf: 2), .number(4), [.number(8)],
          [.number(3), .number(10)]
        ),
        (.seed(default: 7), .number(7), [.number(0), .number(1e18)], [.number(-1), .number(0.5)]),
        (.flag(default: true), .flag(true), [.flag(false)], [.number(1), .text("true")]),
        (.text(default: "a"), .text("a"), [.text("b")], [.number(1)]),
        (
          .choice(default: "a", of: ["a", "b"]), .text("a"), [.text("b")],
          [.text("c"), .flag(true)]
        ),
        (
          .integers(default: [2, 3], lengths: 1...2, range: 1...4), list, [.list([.number(4)])],
          [.list([]), .list([.number(5)]), .list([.text("2")]), .number(2)]
        ),
        (
          .size(default: nil, range: 2...9), .text("unlimited"), [.number(2), .text("unlimited")],
          [.number(1), .text("many")]
        ),
        (.size(default: 3, range: 2...9), .number(3), [.number(9)], [.number(2.5)]),
        (.structured, nil, [list, .map([:]), .number(1)], []),
        (.map(default: "{}"), nil, [.map([:])], [list]),
      ]

  @Test("It takes what it describes, refuses all else with what is allowed, and has its default")
  func checks() throws {
    for (kind, standard, good, bad) in Self.cases {
      #expect(try kind.checked(nil, named: "x") == standard)
      for value in good { #expect(try kind.checked(value, named: "x") == value, "\(kind)") }
      for value in bad {
        let error = #expect(throws: ParameterError.self) { try kind.checked(value, named: "x") }
        #expect(error?.path == ["x"] && error?.message.hasPrefix("expected ") == true, "\(kind)")
      }
    }
    #expect(throws: ParameterError.self) {
      try ValueKind.text(default: nil).checked(nil, named: "x")
    }
  }
}
