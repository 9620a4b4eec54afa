import Glibc
import ScoreCore
import Synchronization
import TestSupport
import Testing

@testable import ScoreLab

@Suite struct FolderLockTests {
  private func refusal(_ folder: TemporaryFolder) -> String? {
    do throws(FileError) {
      _ = try FolderLock(folder.path)
      return nil
    } catch {
      return error.description
    }
  }

  @Test("While a lock is held a second one is refused and says who holds it and since when")
  func refusal() throws {
    let folder = try TemporaryFolder()
    let lock = try FolderLock(folder.path)
    #expect(lock.isExclusive)
    let message = try #require(refusal(folder))
    #expect(message.hasPrefix("\(folder.path): in use by process \(getpid()) on "))
    #expect(message.contains(" since 20") && message.hasSuffix(" UTC"))
    withExtendedLifetime(lock) {}
  }

  @Test("A lock that is given up leaves nothing, and what a dead holder left is taken over")
  func release() throws {
    let folder = try TemporaryFolder()
    _ = try FolderLock(folder.path)
    #expect(folder.contents.isEmpty)
    _ = try folder.write(Array("process 1 on moon since 1970".utf8), to: ".scorefield-lock")
    let lock = try FolderLock(folder.path)
    #expect(try #require(refusal(folder)).contains("process \(getpid()) on "))
    withExtendedLifetime(lock) {}
  }

  @Test("Those that share a lock keep out one that does not, and the last leaves nothing")
  func sharing() throws {
    let folder = try TemporaryFolder()
    var first: FolderLock? = try FolderLock(folder.path, shared: true)
    var second: FolderLock? = try FolderLock(folder.path, shared: true)
    #expect(first?.isExclusive == true && refusal(folder) != nil)
    first = nil
    #expect(refusal(folder) != nil && folder.contents == [".scorefield-lock"])
    #expect(second?.isExclusive == true)
    second = nil
    #expect(refusal(folder) == nil && folder.contents.isEmpty)
  }

  @Test("Of many that try again and again one at a time has the lock")
  func contention() throws {
    let folder = try TemporaryFolder()
    let holders = Atomic<Int>(0)
    let clashes = Atomic<Int>(0)
    Parallel.perform(400, threads: 4) { _ in
      var lock: FolderLock?
      while lock == nil { lock = try? FolderLock(folder.path) }
      let inside = holders.add(1, ordering: .sequentiallyConsistent).newValue
      if inside != 1 { clashes.add(1, ordering: .relaxed) }
      holders.subtract(1, ordering: .sequentiallyConsistent)
      withExtendedLifetime(lock) {}
    }
    #expect(clashes.load(ordering: .relaxed) == 0)
    #expect(folder.contents.isEmpty)
  }
}
