import ScoreClaims
import ScoreLab

/// How a series differs from the others: colour, dash and mark, so that grey print will do.
struct Ink: Equatable {
  struct Color: Equatable {
    var red: Double
    var green: Double
    var blue: Double

    init(_ hex: Int) {
      red = Double(hex >> 16 & 255) / 255
      green = Double(hex >> 8 & 255) / 255
      blue = Double(hex & 255) / 255
    }

    static let paper = Color(0xFFFFFF)
    static let text = Color(0x1A1A1A)
    static let faint = Color(0xE3E3E3)
    static let soft = Color(0x5A5A5A)
  }

  enum Mark: CaseIterable {
    case disc, square, triangle, diamond, cross, ring
  }

  var color: Color
  var dash: [Double]
  var mark: Mark
  var width: Double
  /// Whether a line carries its mark at a few places: among more than two, dashes do not suffice.
  var marksLine = false

  /// The inks of a plot's series: colour and dash by role and by turns within it, marks by turns.
  ///
  /// Colours are those of Okabe and Ito 2008, which colour-blind people can tell apart.
  static func inks(for series: [Plot.Series]) -> [Ink] {
    var used: [Plot.Role: Int] = [:]
    let lines = series.count { $0.isLine }
    return series.enumerated().map { index, item in
      let turn = used[item.role, default: 0]
      used[item.role] = turn + 1
      var ink = ink(item.role, turn: turn)
      ink.mark = Mark.allCases[index % Mark.allCases.count]
      ink.marksLine = item.isLine && lines > 2 && item.x.count <= longestMarkedLine
      return ink
    }
  }

  /// A line of more points may turn too often for marks to be read.
  private static let longestMarkedLine = 200

  private static let dashes: [[Double]] = [[], [9, 5], [3, 4], [12, 4, 3, 4]]

  private static func ink(_ role: Plot.Role, turn: Int) -> Ink {
    let colors: [Int] =
      switch role {
      case .measured: [0x0072B2, 0x56B4E9, 0x00304D, 0x2E9CCA]
      case .comparison: [0xD55E00, 0xCC79A7, 0xE69F00, 0x8C3B00]
      case .exact: [0x000000, 0x444444]
      case .claimed: [0x009E73, 0x6B8E23, 0x005F45, 0x7FBF9F]
      case .null: [0x7F7F7F, 0xA0A0A0]
      case .muted: [0xB5B5B5, 0xCFCFCF]
      }
    let shift = role == .claimed || role == .null ? 1 : 0
    return Ink(
      color: Color(colors[turn % colors.count]), dash: dashes[(turn + shift) % dashes.count],
      mark: Mark.allCases[turn % Mark.allCases.count],
      width: role == .exact || role == .muted ? 1.8 : 2.6)
  }
}

extension Plot.Series {
  fileprivate var isLine: Bool { form == .line || form == .steps }
}
