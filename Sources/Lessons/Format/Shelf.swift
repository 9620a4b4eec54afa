import Synchronization

/// A library that is read when somebody first asks for it: reading takes longer than a frame.
package final class Shelf<Library: Sendable>: Sendable {
  private let load: @Sendable () -> Library
  private let loaded = Mutex<Library?>(nil)

  /// - Parameter load: Reads the library; called once at most.
  package init(_ load: @escaping @Sendable () -> Library) { self.load = load }

  /// What was read.
  package var library: Library {
    loaded.withLock { loaded in
      let library = loaded ?? load()
      loaded = library
      return library
    }
  }
}

package typealias LessonShelf = Shelf<LessonLibrary>
package typealias PresetShelf = Shelf<PresetLibrary>
