import CNcurses
import CTerminalGuard
public import TermPlot

/// What the terminal in the environment can show, found out without touching the screen.
public struct TerminalCapabilities: Sendable, Equatable {
  /// TERM as it is set; empty without one.
  public var name: String
  /// The terminfo entry that will be used; another than `name` for true colour, or when `name`
  /// has none but belongs to a family that does.
  public var entryName: String
  /// The colours of `entryName`; 0 for none, 16,777,216 for a direct-colour entry.
  public var colors: Int
  public var colorTier: ColorTier
  /// Whether the locale's characters are UTF-8; otherwise only ASCII reaches the screen.
  public var isUTF8: Bool
  /// The locale's codeset, such as `UTF-8` or `ANSI_X3.4-1968`.
  public var codeset: String
  /// Why the screen cannot be opened here; nil when it can.
  public var problem: TerminalError?

  /// Whether the terminal's font has braille, as far as one can know: of the Linux console, whose
  /// usual fonts have none, the font itself is asked.
  public var hasBraille = true

  /// The finest plot marks that this locale and font can show.
  public var marks: Marks { isUTF8 ? (hasBraille ? .braille : .halfBlock) : .ascii }

  /// Finds out what the terminal can show.
  ///
  /// Sets the program's locale from the environment, which ncurses and the answer need.
  ///
  /// - Parameters:
  ///   - preferredTier: The colours wanted whatever the environment says; the nearest that the
  ///     terminal has is taken.
  ///   - environment: Looks a variable up; this process's environment with nil.
  ///   - consoleShows: Whether the Linux console's font has a character; nil where it cannot say.
  /// - Returns: What it can show; ``problem`` says why when it cannot show a screen at all.
  public static func detect(
    preferredTier: ColorTier? = nil,
    environment: ((String) -> String?)? = nil,
    consoleShows: (UInt16) -> Bool? = TerminalCapabilities.consoleShows
  ) -> TerminalCapabilities {
    let environment = environment ?? { name in getenv(name).map { String(cString: $0) } }
    setlocale(LC_ALL, "")
    let codeset = String(cString: sc_codeset())
    let name = environment("TERM") ?? ""
    let choice = EntryChoice(
      term: name, colorTerm: environment("COLORTERM") ?? "",
      isColorless: !(environment("NO_COLOR") ?? "").isEmpty, preferredTier: preferredTier,
      colorsOfEntry: { Int(sc_entry_colors($0)) })
    // All eight dots: a font that has this one has the others.
    let hasBraille = name.hasPrefix("linux") ? consoleShows(0x28FF) ?? false : true
    return TerminalCapabilities(
      name: name, entryName: choice.entryName, colors: choice.colors, colorTier: choice.tier,
      isUTF8: codeset == "UTF-8", codeset: codeset, problem: choice.problem,
      hasBraille: hasBraille)
  }

  /// Asks the console on standard output.
  public static func consoleShows(_ scalar: UInt16) -> Bool? {
    let answer = sf_console_shows(1, scalar)
    return answer < 0 ? nil : answer == 1
  }
}

/// Which terminfo entry to use, and with how many colours.
struct EntryChoice: Equatable {
  private(set) var entryName: String
  private(set) var colors: Int
  private(set) var tier: ColorTier
  private(set) var problem: TerminalError?

  /// Chooses from the environment.
  ///
  /// - Parameters:
  ///   - term: TERM; empty without one.
  ///   - colorTerm: COLORTERM; empty without one.
  ///   - isColorless: Whether NO_COLOR is set and not empty (no-color.org).
  ///   - preferredTier: The colours wanted; they outweigh NO_COLOR and COLORTERM.
  ///   - colorsOfEntry: The colours of a terminfo entry, -1 when there is none, -2 when it cannot
  ///     place the cursor.
  init(
    term: String, colorTerm: String, isColorless: Bool, preferredTier: ColorTier?,
    colorsOfEntry: (String) -> Int
  ) {
    var entry = term
    if colorsOfEntry(entry) == -1, let relative = EntryChoice.relative(of: term) {
      entry = relative
    }
    let colors = term.isEmpty ? -1 : colorsOfEntry(entry)
    problem =
      term.isEmpty
      ? .unnamed
      : colors == -1 ? .unknown(name: term) : colors < 0 ? .cannotPlaceCursor(name: term) : nil
    (entryName, self.colors, tier) = (entry, max(0, colors), .mono)
    guard problem == nil else { return }

    let wanted = preferredTier ?? (isColorless ? .mono : nil)
    let claimsTrueColor = colorTerm == "truecolor" || colorTerm == "24bit"
    if wanted == .truecolor || (wanted == nil && claimsTrueColor) {
      let direct = EntryChoice.directNames(of: term).first { colorsOfEntry($0) > 256 }
      if let direct { (entryName, self.colors) = (direct, colorsOfEntry(direct)) }
    }
    tier = min(EntryChoice.tier(ofColors: self.colors), wanted ?? .truecolor)
  }

  private func min(_ tier: ColorTier, _ limit: ColorTier) -> ColorTier {
    let order: [ColorTier] = [.mono, .ansi16, .ansi256, .truecolor]
    return order.first { $0 == tier || $0 == limit } ?? tier
  }

  private static func tier(ofColors colors: Int) -> ColorTier {
    switch colors {
    case 257...: .truecolor
    case 256: .ansi256
    case 8...: .ansi16
    default: .mono
    }
  }

  /// The names under which the direct-colour entry of a terminal may be found.
  private static func directNames(of term: String) -> [String] {
    let parts = term.split(separator: "-", omittingEmptySubsequences: false)
    var names = term.hasSuffix("-direct") ? [term] : [term + "-direct"]
    if term.hasSuffix("-256color") { names.append(term.dropLast(9) + "-direct") }
    // As in xterm-kitty.
    if parts.count == 2, parts[0] == "xterm", parts[1] != "256color" {
      names.append(parts[1] + "-direct")
    }
    return names
  }

  /// An entry that fits terminals newer than the terminfo of this machine.
  private static func relative(of term: String) -> String? {
    let xtermLike = ["xterm", "alacritty", "foot", "kitty", "wezterm", "ghostty", "konsole", "vte"]
    if xtermLike.contains(where: { term.hasPrefix($0) }) { return "xterm-256color" }
    return term.hasPrefix("tmux") ? "screen-256color" : nil
  }
}
