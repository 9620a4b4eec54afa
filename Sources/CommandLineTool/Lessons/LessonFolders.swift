package import Lessons
import OutsideText
import ScoreLab

/// Where lessons are looked for besides those of the program.
package enum LessonFolders {
  /// The lessons of the program, and those of `$SCOREFIELD_LESSONS` and of the user's folder.
  package static func load() -> LessonLibrary { LessonLibrary.load(folders: folders) }

  /// `$SCOREFIELD_LESSONS` and the user's own folder.
  package static var folders: [String] {
    var folders: [String] = []
    if let folder = FileName.variable("SCOREFIELD_LESSONS") { folders.append(folder) }
    if let home = FileName.variable("XDG_CONFIG_HOME") {
      folders.append(home + "/scorefield/lessons")
    } else if let home = FileName.variable("HOME") {
      folders.append(home + "/.config/scorefield/lessons")
    }
    return folders
  }

  /// The place of a lesson.
  ///
  /// - Parameters:
  ///   - name: A name or a number.
  ///   - library: Where to look.
  /// - Returns: Its place in the library.
  /// - Throws: ``Failure/Usage`` with the names there are.
  package static func place(
    of name: String, in library: LessonLibrary
  ) throws(Failure.Usage) -> Int {
    guard let place = library.place(of: name) else {
      throw Failure.Usage(
        UnknownName.message(
          SafeText.sanitized(name), for: "lesson", among: library.lessons.map(\.name)))
    }
    return place
  }
}
