package import Lessons
import OutsideText
import ScoreLab

/// Where lessons are looked for besides those of the program.
package enum LessonFolders {
  /// The lessons of the program, and those of `$SCOREFIELD_LESSONS` and of the user's folder.
  package static func load() -> LessonLibrary {
    LessonLibrary.load(folders: folders(named: "lessons", or: "SCOREFIELD_LESSONS"))
  }

  /// The folder that a variable of the environment names, and one of the user's configuration folder.
  static func folders(named name: String, or variable: String) -> [String] {
    var folders: [String] = []
    if let folder = FileName.variable(variable) { folders.append(folder) }
    if let home = FileName.variable("XDG_CONFIG_HOME") {
      folders.append(home + "/scorefield/\(name)")
    } else if let home = FileName.variable("HOME") {
      folders.append(home + "/.config/scorefield/\(name)")
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
