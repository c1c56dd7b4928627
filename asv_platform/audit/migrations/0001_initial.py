import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('territories', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='date')),
                ('event', models.CharField(max_length=100, verbose_name='événement')),
                ('subject_type', models.CharField(max_length=60, verbose_name='type d’objet')),
                ('subject_id', models.BigIntegerField(null=True, verbose_name='objet')),
                ('subject_label', models.CharField(blank=True, max_length=250, verbose_name='intitulé')),
                ('details', models.JSONField(blank=True, default=dict, verbose_name='détails')),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='auteur')),
                ('asv', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territories.asv', verbose_name='ASV')),
            ],
            options={
                'verbose_name': 'entrée du journal',
                'verbose_name_plural': 'entrées du journal',
                'indexes': [models.Index(fields=['asv', '-at'], name='audit_asv_at'), models.Index(fields=['subject_type', 'subject_id'], name='audit_subject')],
            },
        ),
    ]
