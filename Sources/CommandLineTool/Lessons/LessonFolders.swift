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

  /// The lessons there are and one of them, which may be a file of its own.
  ///
  /// - Parameter name: A name, a number, or the path of a file that ends in `.md`.
  /// - Returns: The lessons, that of a file among them, and its place.
  /// - Throws: ``Failure/Usage`` with the names there are, or what is wrong with the file.
  package static func lesson(_ name: String) throws -> (library: LessonLibrary, place: Int) {
    var library = load()
    var wanted = name
    if name.lowercased().hasSuffix(".md") {
      let lesson = try LessonReader.read(
        FileReader.text(name, limit: LessonReader.sizeLimit), file: name)
      library.add(lesson)
      wanted = lesson.name
    }
    guard let place = library.place(of: wanted) else {
      throw Failure.Usage(
        UnknownName.message(
          SafeText.sanitized(name), for: "lesson", among: library.lessons.map(\.name)))
    }
    return (library, place)
  }
}
