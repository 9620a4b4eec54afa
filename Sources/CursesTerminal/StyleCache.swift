import CNcurses
import TermPlot

/// The ncurses attributes and colour pair of every style in use.
@MainActor struct StyleCache {
  /// What a cell needs besides its glyph.
  struct Look {
    var attributes: attr_t
    var pair: Int32
  }

  private struct Colors: Hashable {
    var foreground: Int32
    var background: Int32
  }

  private let capabilities: TerminalCapabilities
  private let pairLimit: Int32
  private var table: RenditionTable?
  private var pairs: [Colors: Int32] = [:]
  /// By foreground and background code; filled as styles appear.
  private var looks: [Look?] = []

  init(capabilities: TerminalCapabilities) {
    self.capabilities = capabilities
    let pairs = tigetnum("pairs")
    // Pair 0 is the terminal's own and cannot be set.
    pairLimit = capabilities.colorTier == .mono ? 0 : min(max(0, pairs), 32767) - 1
  }

  /// Takes the colours of a theme.
  ///
  /// - Returns: Whether they are others than before.
  mutating func adopt(_ theme: Theme) -> Bool {
    guard table?.theme != theme else { return false }
    table = RenditionTable(
      tier: capabilities.colorTier, colors: capabilities.colors, theme: theme)
    pairs.removeAll(keepingCapacity: true)
    looks = Array(repeating: nil, count: Ink.codeCount * Ink.codeCount)
    return true
  }

  /// The look of a cell.
  mutating func look(of cell: Cell) -> Look {
    var style = cell.style
    // A blank shows no foreground; one for all of them saves colour changes between words.
    if cell.glyph == " ", style.attributes.isEmpty { style.foreground = .role(.text) }
    let index = Int(style.foreground.code) * Ink.codeCount + Int(style.background.code)
    var look = looks[index] ?? add(style, at: index)
    if !style.attributes.isEmpty { look.attributes |= StyleCache.bits(of: style.attributes) }
    return look
  }

  private mutating func add(_ style: Style, at index: Int) -> Look {
    guard let rendition = table?.rendition(of: style.foreground, on: style.background) else {
      return Look(attributes: 0, pair: 0)
    }
    let look = Look(
      attributes: StyleCache.bits(of: rendition.attributes),
      pair: pair(Colors(foreground: rendition.foreground, background: rendition.background)))
    looks[index] = look
    return look
  }

  private mutating func pair(_ colors: Colors) -> Int32 {
    if let pair = pairs[colors] { return pair }
    let next = Int32(pairs.count + 1)
    // With 64 pairs of 8 colours the last combination may have to look like another.
    guard next <= pairLimit else {
      return pairs.first { $0.key.background == colors.background }?.value ?? 0
    }
    init_extended_pair(next, colors.foreground, colors.background)
    pairs[colors] = next
    return next
  }

  private static func bits(of attributes: Style.Attributes) -> attr_t {
    var bits: attr_t = 0
    if attributes.contains(.bold) { bits |= SC_BOLD }
    if attributes.contains(.dim) { bits |= SC_DIM }
    if attributes.contains(.reverse) { bits |= SC_REVERSE }
    if attributes.contains(.underline) { bits |= SC_UNDERLINE }
    return bits
  }
}
