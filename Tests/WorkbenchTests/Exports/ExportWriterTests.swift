import Dispatch
import Glibc
import ScoreLab
import TermPlot
import Testing

@testable import Workbench

/// Files of the screen are written while keys are answered.
@Suite struct ExportWriterTests {
  private static func export(_ path: String) -> Export {
    Export(path: path, replaces: false, content: .bytes([]), summary: "nothing")
  }

  private static func isRung(_ doorbell: Doorbell) -> Bool {
    var wait = pollfd(fd: doorbell.descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&wait, 1, 0) == 1
  }

  @Test("Writing does not hold up who asked for it, and is said when it is done")
  func writesMeanwhile() throws {
    let (doorbell, slow) = (Doorbell(), DispatchSemaphore(value: 0))
    let writer = ExportWriter(doorbell) { export in
      slow.wait()
      return "saved \(export.path)"
    }
    try writer.start(Self.export("a.gif"))
    #expect(writer.takeNotices().isEmpty && !Self.isRung(doorbell))
    #expect(writer.waitForEnd(atMost: 0.01).isEmpty)
    slow.signal()
    #expect(writer.waitForEnd(atMost: 120) == [Notice(text: "saved a.gif", role: .good)])
    #expect(Self.isRung(doorbell) && writer.takeNotices().isEmpty)
  }

  @Test("Of two files each has its word, also the one that cannot be written")
  func fails() throws {
    let writer = ExportWriter(Doorbell()) { export in
      guard export.path == "good.svg" else { throw FileError(path: export.path, reason: "full") }
      return "saved"
    }
    for path in ["good.svg", "bad.svg"] { try writer.start(Self.export(path)) }
    let notices = writer.waitForEnd(atMost: 120)
    #expect(Set(notices.map(\.text)) == ["saved", "\(FileError(path: "bad.svg", reason: "full"))"])
    #expect(notices.first { $0.text != "saved" }?.role == .error)
  }
}
