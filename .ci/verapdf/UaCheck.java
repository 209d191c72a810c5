import java.io.FileInputStream;
import java.util.Set;
import java.util.TreeSet;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Holds each PDF against PDF/UA-1, in one process. Writes a line a file, and below it each rule that it
 * breaks, once. Ends with 1 where a file fails, also one that cannot be read.
 */
public class UaCheck {
  public static void main(String[] files) {
    VeraGreenfieldFoundryProvider.initialise();
    boolean failed = false;
    for (String file : files) {
      Set<String> broken = new TreeSet<>();
      try (FileInputStream in = new FileInputStream(file);
          PDFAParser parser = Foundries.defaultInstance().createParser(in, PDFAFlavour.PDFUA_1)) {
        PDFAValidator validator = Foundries.defaultInstance().createValidator(PDFAFlavour.PDFUA_1, false);
        ValidationResult result = validator.validate(parser);
        for (TestAssertion each : result.getTestAssertions()) {
          if (each.getStatus() == TestAssertion.Status.FAILED) {
            broken.add(each.getRuleId().getClause() + "-" + each.getRuleId().getTestNumber() + " " + each.getMessage());
          }
        }
        if (!result.isCompliant() && broken.isEmpty()) broken.add("fails, without a rule");
      } catch (Exception error) {
        broken.add("cannot be read: " + error);
      }
      System.out.println(file + ": " + (broken.isEmpty() ? "PDF/UA-1" : "not PDF/UA-1"));
      for (String rule : broken) System.out.println("  " + rule);
      failed |= !broken.isEmpty();
    }
    System.exit(failed ? 1 : 0);
  }
}
