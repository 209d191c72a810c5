from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('staff_log', '0004_interests_are_noted'),
    ]

    operations = [
        migrations.AlterField(
            model_name='staffevent',
            name='what',
            field=models.CharField(choices=[('signed-in', 'signed in'), ('proved', 'confirmed who they are'), ('signed-out', 'signed out'), ('wrong-password', 'wrong password'), ('wrong-code', 'wrong code from an e-mail'), ('wrong-factor', 'wrong second factor'), ('unproved', "stopped at the admin's door without the second factor"), ('refused', 'refused'), ('factor-added', 'second factor added'), ('factor-removed', 'second factor removed'), ('codes-made', 'new recovery codes'), ('password-changed', 'password changed'), ('address-changed', 'e-mail address changed'), ('account-changed', "changed somebody's account"), ('account-deleted', "deleted somebody's account"), ('account-exported', 'took out what is kept about somebody'), ('invited', 'invited somebody'), ('factor-reset', 'removal of a lost second factor'), ('clearance', 'clearance for confidential answers'), ('interest', 'interest in a consultation'), ('translation', 'check of a translation'), ('sessions-ended', "ended somebody's sessions")], max_length=16, verbose_name='what'),
        ),
    ]
