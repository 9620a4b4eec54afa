import Synchronization

/// The lessons there are, read when somebody first asks for them: reading takes longer than a frame.
package final class LessonShelf: Sendable {
  private let load: @Sendable () -> LessonLibrary
  private let loaded = Mutex<LessonLibrary?>(nil)

  /// - Parameter load: Reads the lessons; called once at most.
  package init(_ load: @escaping @Sendable () -> LessonLibrary) { self.load = load }

  /// The lessons.
  package var library: LessonLibrary {
    loaded.withLock { loaded in
      let library = loaded ?? load()
      loaded = library
      return library
    }
  }
}
