package import Lessons
import OutsideText
package import ScoreLab

/// Where presets are looked for besides those of the program.
package enum PresetFolders {
  /// The presets of the program, and those of `$SCOREFIELD_PRESETS` and of the user's folder.
  package static func load() -> PresetLibrary { PresetLibrary.load(folders: all) }

  /// Every folder that is looked into, the user's own last: it stands over the others.
  private static var all: [String] {
    LessonFolders.folders(named: "presets", or: "SCOREFIELD_PRESETS")
  }

  /// Keeps a preset in the user's own folder, which is made where it is missing.
  ///
  /// - Parameters:
  ///   - preset: Its file is named after it.
  ///   - replaces: Whether a file of the name may be replaced.
  ///   - replacer: The line that replaces one.
  ///   - folders: Where presets are looked for; it is kept in the last of them.
  /// - Returns: The presets there are now, and what was written, in a line.
  /// - Throws: ``FileError``; then there is no new file, and an old one is as it was.
  package static func keep(
    _ preset: Preset, replacing replaces: Bool, replacer: String, in folders: [String]? = nil
  ) throws(FileError) -> (library: PresetLibrary, words: String) {
    let folders = folders ?? all
    guard let folder = folders.last else {
      throw FileError(
        path: preset.name,
        reason: "there is no folder for presets; set HOME, XDG_CONFIG_HOME or SCOREFIELD_PRESETS")
    }
    let path = folder + "/\(preset.name).yaml"
    guard replaces || !FileReader.exists(path) else {
      throw FileError(path: path, reason: "is there already; \(replacer) replaces it")
    }
    try Folder.create(folder)
    try FileWriter.writeAtomically(preset.text, to: path)
    let library = PresetLibrary.load(folders: folders)
    // Of two files with one name the one found last stands, which need not be this one.
    guard library.preset(named: preset.name)?.configuration == preset.configuration else {
      throw FileError(
        path: path, reason: "is kept, but another file of the folder is the preset \(preset.name)")
    }
    return (library, "kept as preset \(preset.name): \(SafeText.sanitized(path, limit: 200))")
  }

  /// The preset of a name.
  ///
  /// - Parameters:
  ///   - name: Its name.
  ///   - library: Where to look; all there are without one.
  /// - Returns: The preset.
  /// - Throws: ``Failure/Usage`` with the names there are.
  package static func preset(
    named name: String, in library: PresetLibrary? = nil
  ) throws(Failure.Usage) -> Preset {
    let library = library ?? load()
    guard let preset = library.preset(named: name) else {
      throw Failure.Usage(
        UnknownName.message(
          SafeText.sanitized(name), for: "preset", among: library.presets.map(\.name)))
    }
    return preset
  }
}
