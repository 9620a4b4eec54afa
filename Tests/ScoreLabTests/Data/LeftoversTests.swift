import Glibc
import TestSupport
import Testing

@testable import ScoreLab

@Suite struct LeftoversTests {
  @Test("Temporary files that nobody writes any more are removed by the next writer, others stay")
  func clearing() throws {
    let folder = try TemporaryFolder()
    let dead = [".scorefield-1-1.tmp", ".scorefield-4194303-12.tmp", ".scorefield-readonly.tmp"]
    for name in dead { _ = try folder.write([1, 2], to: name) }
    #expect(chmod("\(folder.path)/\(dead[2])", 0o400) == 0)
    let others = [".scorefield-lock", ".scorefield-1-1.tmp.csv", "a.tmp", "scorefield-1-1.tmp"]
    for name in others { _ = try folder.write([1], to: name) }
    #expect(mkdir("\(folder.path)/.scorefield-2-2.tmp", 0o700) == 0)
    #expect(symlink("a.tmp", "\(folder.path)/.scorefield-3-3.tmp") == 0)
    let alive = try OpenFile(locking: try folder.write([1], to: ".scorefield-4-4.tmp"))
    let lock = alive.lock()
    #expect(lock == .held)
    try FileWriter.writeAtomically("new", to: "\(folder.path)/result.csv")
    let kept =
      others + ["result.csv", ".scorefield-2-2.tmp", ".scorefield-3-3.tmp", ".scorefield-4-4.tmp"]
    #expect(folder.contents == kept.sorted())
    let isInPlace = alive.isInPlace
    #expect(isInPlace)
  }

  @Test("A file that is being written is not taken for a leftover")
  func writing() throws {
    let folder = try TemporaryFolder()
    var file = try PendingFile("\(folder.path)/a")
    let name = try #require(folder.contents.first)
    let seen = try OpenFile(leftBehind: "\(folder.path)/\(name)")
    let lock = seen.lock()
    #expect(lock == .taken)
    try file.append([1])
    try file.commit()
    #expect(folder.contents == ["a"])
  }
}
