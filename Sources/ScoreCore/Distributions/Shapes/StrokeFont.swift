/// A small font of straight strokes on a grid of 4 by 6.
enum StrokeFont {
  /// The distance from one character to the next.
  static let advance = 6.0

  /// A stroke: points joined by straight lines, at least one.
  typealias Stroke = [(x: Double, y: Double)]

  /// The characters that can be drawn, for messages.
  static let allowed = "A-Z, 0-9, space and . , ! ? - + = : / ' ( )"

  /// The strokes of a character; none for a space, nil if the font does not have it.
  static func strokes(of character: Character) -> [Stroke]? {
    guard let glyph = glyphs[character] else { return nil }
    return glyph.split(separator: " ").map { stroke in
      let digits = stroke.compactMap(\.wholeNumberValue).map { Double($0) }
      return stride(from: 0, to: digits.count - 1, by: 2).map { (digits[$0], digits[$0 + 1]) }
    }
  }

  // Pairs of digits x y; a blank lifts the pen.
  private static let glyphs: [Character: String] = [
    "A": "0004264440 0242", "B": "00063645443303 3342413000", "C": "4536160501103041",
    "D": "00062644422000", "E": "46060040 0333", "F": "460600 0333",
    "G": "45361605011030414323", "H": "0006 4046 0343", "I": "1030 2026 1636",
    "J": "4641301001", "K": "0006 460340", "L": "060040", "M": "0006234640", "N": "00064046",
    "O": "100105163645413010", "P": "00063645443303", "Q": "100105163645413010 2240",
    "R": "00063645443303 2340", "S": "453616050413334241301001", "T": "2026 0646",
    "U": "060110304146", "V": "062046", "W": "0610243046", "X": "0046 0640",
    "Y": "062346 2320", "Z": "06460040",
    "0": "100105163645413010 0145", "1": "152620 1030", "2": "05163645440040",
    "3": "05163645443313 334241301001", "4": "30360242", "5": "460603334241301001",
    "6": "4536160501103041423303", "7": "064610", "8": "13040516364544331302011030414233",
    "9": "0110304145361605041343",
    " ": "", ".": "2021", ",": "2110", "!": "2622 2021", "?": "0516364544332322 2021",
    "-": "1333", "+": "1333 2224", "=": "1232 1434", ":": "2122 2425", "/": "0046",
    "'": "2624", "(": "36252130", ")": "16252110",
  ]
}
