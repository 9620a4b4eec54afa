/// One parameter of a catalog member as forms, help and the configuration reader see it.
public struct ParameterDescription: Sendable, Equatable {
  public enum Kind: Sendable, Equatable {
    /// A number within a closed range.
    case number(default: Double, range: ClosedRange<Double>)
    case integer(default: Int, range: ClosedRange<Int>)
    case flag(default: Bool)
    /// Text such as a file name; nil means it must be given.
    case text(default: String?)
    /// One of several names.
    case choice(default: String, of: [String])
    /// A list or map that the member reads itself.
    case structured
  }

  public var name: String
  public var summary: String
  public var kind: Kind

  public init(_ name: String, _ summary: String, _ kind: Kind) {
    self.name = name
    self.summary = summary
    self.kind = kind
  }
}
