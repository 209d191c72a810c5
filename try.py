import os,sys
os.environ['DJANGO_SETTINGS_MODULE']='portal.settings.test'
