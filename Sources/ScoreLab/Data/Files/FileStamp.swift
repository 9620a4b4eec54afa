/// Which file is under a name, how long it is and when it was last written.
package struct FileStamp: Sendable, Equatable {
  let device: UInt64
  let number: UInt64
  /// In bytes.
  let size: Int
  /// The time of the last change, since 1970.
  let seconds: Int
  let nanoseconds: Int
}

extension FileStamp {
  /// That of a file now; nil where there is none.
  package init?(of path: String) {
    guard let stamp = OpenFile.stamp(of: path) else { return nil }
    self = stamp
  }
}
