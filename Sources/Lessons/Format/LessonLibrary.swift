import OutsideText
package import ScoreLab

/// The lessons there are: those of the program, and those of folders, which add to them or replace them.
package struct LessonLibrary: Sendable {
  /// In the order of the course.
  package var lessons: [Lesson]
  /// What is wrong with the files that could not be used.
  package var problems: [ConfigurationError] = []

  package init(lessons: [Lesson]) { self.lessons = lessons }

  /// The lessons of the program; a test makes sure that every one of them can be read.
  package static let builtIn: LessonLibrary = {
    var library = LessonLibrary(lessons: [])
    for embedded in embeddedLessons { library.add(embedded.text, file: embedded.file) }
    return library
  }()

  /// The lessons of the program, and the `.md` files of some folders.
  ///
  /// Of two with one name the one found last stands. A folder that does not exist is passed over.
  ///
  /// - Parameter folders: Paths of folders.
  /// - Returns: The lessons, and what is wrong with files that could not be used.
  package static func load(folders: [String]) -> LessonLibrary {
    var library = builtIn
    for folder in folders {
      let names = FileName.names(in: folder) ?? []
      for name in names.filter({ $0.hasSuffix(".md") }).sorted() {
        let path = folder + "/" + name
        do throws(FileError) {
          library.add(try FileReader.text(path, limit: LessonReader.sizeLimit), file: path)
        } catch {
          library.problems.append(ConfigurationError(file: path, message: error.reason))
        }
      }
    }
    return library
  }

  /// The place of a lesson by its name or its number.
  package func place(of name: String) -> Int? {
    lessons.firstIndex { $0.name == name || "\($0.number)" == name }
  }

  /// Adds a lesson at its place in the course, instead of the one that has its name.
  package mutating func add(_ lesson: Lesson) {
    lessons.removeAll { $0.name == lesson.name }
    let place = lessons.firstIndex { $0.number > lesson.number } ?? lessons.count
    lessons.insert(lesson, at: place)
  }

  private mutating func add(_ text: String, file: String) {
    do throws(ConfigurationError) {
      add(try LessonReader.read(text, file: file))
    } catch {
      problems.append(error)
    }
  }
}
