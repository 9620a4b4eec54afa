/// How a series is drawn besides its colour, so that it can be told apart without one.
public struct Stroke: Sendable, Equatable {
  /// Which columns of a line are drawn.
  ///
  /// The pattern hangs on the column, not on the length of the line, so it stands still while
  /// the data moves.
  public enum Dash: Sendable, Equatable, CaseIterable {
    case solid, dashed, dotted, dashDot

    /// Whether a column is drawn, counted in halves of a cell.
    func isOn(halfColumn: Int) -> Bool {
      switch self {
      case .solid: true
      case .dashed: halfColumn % 8 < 6
      case .dotted: halfColumn % 4 < 2
      case .dashDot: halfColumn % 12 < 6 || (8..<10).contains(halfColumn % 12)
      }
    }

    var sample: String {
      switch self {
      case .solid: "──"
      case .dashed: "╌╌"
      case .dotted: "··"
      case .dashDot: "─·"
      }
    }
  }

  public var dash: Dash
  /// The glyph of the series where only ASCII may be used.
  public var ascii: Unicode.Scalar

  public init(_ dash: Dash, ascii: Unicode.Scalar) {
    self.dash = dash
    self.ascii = ascii
  }

  /// The stroke of the series at an index, distinct from those before it.
  public static func standard(_ index: Int) -> Stroke {
    let glyphs: [Unicode.Scalar] = ["*", "o", "+", "x", "#", "%", "@", "&"]
    let index = max(0, index)
    return Stroke(Dash.allCases[index % Dash.allCases.count], ascii: glyphs[index % glyphs.count])
  }
}
