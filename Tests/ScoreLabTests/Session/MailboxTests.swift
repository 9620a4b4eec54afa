import Dispatch
import Glibc
import TestSupport
import Testing

@testable import ScoreLab

/// The newest value, one wake a value taken, and nothing lost.
@Suite struct MailboxTests {
  @Test("The newest value wins and is given once")
  func newestWins() {
    let mailbox = Mailbox<Int>()
    #expect(mailbox.take() == nil)
    for value in 1...5 { mailbox.publish(value) }
    #expect(mailbox.take() == 5)
    #expect(mailbox.take() == nil)
  }

  @Test("However much is published, the descriptor rings once for each value taken")
  func ringsOnce() {
    let mailbox = Mailbox<Int>()
    #expect(!PolledDescriptor(mailbox.descriptor).isReadable(milliseconds: 0))
    for round in 1...3 {
      for value in 0..<100_000 { mailbox.publish(value * round) }
      #expect(PolledDescriptor(mailbox.descriptor).drain() == 1)
      #expect(mailbox.take() == 99_999 * round)
      #expect(!PolledDescriptor(mailbox.descriptor).isReadable(milliseconds: 0))
    }
  }

  @Test("A reader that sleeps between rings sees values in order and never misses the last")
  func twoThreads() {
    let mailbox = Mailbox<Int>()
    let last = 200_000
    DispatchQueue.global().async { for value in 1...last { mailbox.publish(value) } }
    var newest = 0
    var isOrdered = true
    // A lost wake shows as a wait that ends without a message.
    while newest < last, PolledDescriptor(mailbox.descriptor).isReadable(milliseconds: 20_000) {
      PolledDescriptor(mailbox.descriptor).drain()
      guard let value = mailbox.take() else { continue }
      isOrdered = isOrdered && value > newest
      newest = value
    }
    #expect(newest == last)
    #expect(isOrdered)
  }

  @Test("Commands arrive in order, once, and a waiting thread wakes for them")
  func commands() {
    let queue = CommandQueue<Int>()
    let count = CommandQueue<Int>.capacity
    DispatchQueue.global().async { for value in 0..<count { queue.append(value) } }
    var received: [Int] = []
    while received.count < count {
      queue.wait()
      received += queue.takeAll().map(\.command)
    }
    #expect(received == Array(0..<count))
    #expect(queue.takeAll().isEmpty)
  }

  @Test("What a later command undoes is dropped, and no more wait than a thousand")
  func superseded() {
    let queue = CommandQueue<String>()
    queue.append("step")
    for _ in 0..<5 { queue.append("restart") { $0 == "restart" } }
    queue.append("pause")
    var orders = queue.takeAll()
    #expect(orders.map(\.command) == ["step", "restart", "pause"])
    #expect(orders.map(\.weight) == [1, 5, 1])
    for number in 0..<100_000 { queue.append("\(number)") }
    orders = queue.takeAll()
    #expect(orders.count == CommandQueue<String>.capacity)
    #expect(orders.first?.command == "0" && orders.last?.command == "99999")
    #expect(orders.reduce(0) { $0 + $1.weight } == 100_000)
  }
}
