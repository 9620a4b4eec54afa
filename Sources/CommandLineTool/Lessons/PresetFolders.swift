package import Lessons
import OutsideText

/// Where presets are looked for besides those of the program.
package enum PresetFolders {
  /// The presets of the program, and those of `$SCOREFIELD_PRESETS` and of the user's folder.
  package static func load() -> PresetLibrary {
    PresetLibrary.load(folders: LessonFolders.folders(named: "presets", or: "SCOREFIELD_PRESETS"))
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
