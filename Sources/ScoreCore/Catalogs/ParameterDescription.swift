/// One parameter of a catalog member as forms, help and the configuration reader see it.
public struct ParameterDescription: Sendable, Equatable {
  public var name: String
  public var summary: String
  public var kind: ValueKind
  /// The steps that arrow keys take; nil for what has none.
  public var steps: StepLadder?

  public init(_ name: String, _ summary: String, _ kind: ValueKind, steps: StepLadder? = nil) {
    self.name = name
    self.summary = summary
    self.kind = kind
    self.steps = steps ?? kind.usualSteps
  }
}
