// There is nothing to choose from: see chooser_field.html.
function createQueryChooser() {}
