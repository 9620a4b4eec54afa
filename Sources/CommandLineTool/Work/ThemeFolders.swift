import OutsideText
package import TermPlot

/// Where themes are looked for.
package enum ThemeFolders {
  /// The built-in theme and those of every folder that exists; of two with the same name the
  /// one from the later folder stands.
  package static func load(extra: String?) -> (themes: [Theme], problems: [ThemeError]) {
    ThemeLibrary.load(folders: folders(extra: extra))
  }

  /// `Themes` here, the folder installed next to the program, `$SCOREFIELD_THEMES`, the user's own,
  /// and the extra one.
  package static func folders(extra: String?) -> [String] {
    var folders = ["Themes"]
    if let program = FileName.resolved("/proc/self/exe") {
      let parts = program.split(separator: "/").dropLast(2)
      folders.append("/" + parts.joined(separator: "/") + "/share/scorefield/themes")
    }
    if let folder = FileName.variable("SCOREFIELD_THEMES") { folders.append(folder) }
    if let home = FileName.variable("XDG_CONFIG_HOME") {
      folders.append(home + "/scorefield/themes")
    } else if let home = FileName.variable("HOME") {
      folders.append(home + "/.config/scorefield/themes")
    }
    if let extra { folders.append(extra) }
    return folders
  }

  package static func index(of name: String, in themes: [Theme]) throws -> Int {
    guard let index = themes.firstIndex(where: { $0.slug == name || $0.name == name }) else {
      throw Failure.Usage(
        UnknownName.message(name, for: "theme", among: themes.map(\.slug)))
    }
    return index
  }
}
